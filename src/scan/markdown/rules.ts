import { downloadTrust } from '../data/downloads.ts';
import { destination } from '../data/hosts.ts';
import type { Severity } from '../../core/severity.ts';
import { type RawFinding, snippet } from '../findings.ts';
import { isDescribed, isInstruction, type Sentence } from './sentences.ts';

const URL = /https?:\/\/[^\s<>"'`)\]}]{3,300}/gi;

/** Addresses in a text. */
export function addressesIn(text: string): readonly string[] {
  return [...text.matchAll(URL)].map((m) => m[0].replace(/[.,;:!?]+$/, ''));
}

interface Rule {
  readonly rule: string;
  readonly what: string;
  readonly pattern: RegExp | ((text: string) => readonly number[]);
  readonly judge: (
    sentence: Sentence,
    next: Sentence | undefined,
  ) => { readonly severity: Severity; readonly message: string } | undefined;
  /** The place is the verb of an instruction; otherwise any place counts. */
  readonly verb: boolean;
}

/** How many places of one sentence a rule looks at. */
const MAX_PLACES = 12;

function placesOf(rule: Rule, text: string): readonly number[] {
  if (typeof rule.pattern === 'function') return rule.pattern(text);
  const out: number[] = [];
  for (const match of text.matchAll(rule.pattern)) {
    if (out.push(match.index) >= MAX_PLACES) break;
  }
  return out;
}

/** Things that only a thief wants out of a machine. A service's own key is not among them. */
const SECRETS =
  /~?\/?\.(?:ssh|aws|gnupg|kube|docker\/config|netrc|git-credentials|config\/(?:gh|gcloud))\b|\bid_(?:rsa|ed25519)\b|(?:^|[\s`"'/~])\.env\b(?!\.example|\.sample|\.template)|\.openclaw\/(?:openclaw\.json|credentials|\.env|identity)|auth-profiles\.json|\b(?:ssh|private|wallet|signing) keys?\b|\b(?:seed|recovery|secret) phrases?\b|\bmnemonics?\b|\bkeychain\b|\b(?:browser|session) cookies\b|\b(?:saved|stored|user'?s|all) passwords?\b|\b(?:all|every|any) (?:\w+ )?(?:api keys|tokens|credentials|secrets|environment variables|env vars)\b|\benvironment variables\b|\bcontents? of (?:the )?(?:env|environment)\b|\bos\.environ\b|\bprocess\.env\b|\bprintenv\b/i;
/** Words of sending; a request that is sent is no secret, and a file that is copied stays on the machine. */
const SENDS =
  /\b(?:send|upload|post|forward|exfiltrate|transmit|submit|e-?mail|leak|beacon|deliver|push)\b(?!\s+(?:an?\s+|the\s+|your\s+)?(?:\w+\s+)?(?:requests?|quer(?:y|ies)|messages?|notifications?|GET|POST|prompts?|commands?|replies|reply)\b)|\b(?:append|attach|include|encode|embed|add|put)\b[^.!?\n]{0,60}\b(?:to|in|into|as)\b[^.!?\n]{0,20}\b(?:url|request|query|header|body|parameter|link|address)s?\b|\b(?:sende|schicke|übertrage|lade\b.{0,60}\bhoch|envoie|envoyez|transmets|envía|envia|enviar|manda|invia|verstuur|stuur)\b|отправ|передай|上传|发送|送信|アップロード|보내/iu;
/** Ways to make something public. */
const PUBLISHES =
  /\b(?:post|push|upload|publish|paste|create|open)\b[^.!?\n]{0,60}\b(?:gist|pull request|public (?:repo\w*|channel|issue|branch))\b/i;
const TAKES =
  /\b(?:ask|request|prompt|read|collect|gather|find|grab|cat|extract|dump|harvest|steal|retrieve|fetch|take|get|open|list|search for|scan for|print|include|append|send|upload|post|forward|exfiltrate|transmit|copy|encode|submit|lies|lese|sammle|lis|lisez|lee|leia|leggi|lees)\b|прочитай|读取|読み取/giu;
const AWAY =
  /https?:\/\/|\b(?:webhook|remote (?:server|endpoint|host)|external (?:server|endpoint|url|address)|our (?:server|endpoint)|command and control|c2|pastebin|telegram|discord|attacker)\b|\bvia (?:curl|dns|http|e-?mail)\b/i;

const CONCEAL =
  /\b(?:(?:do not|don'?t|never|avoid|without) (?:tell|telling|inform|informing|mention|mentioning|reveal|revealing|disclose|disclosing|notify|notifying|alert|alerting|show|showing|let|letting|report|reporting|explain|explaining|ask|asking|display|displaying|warn|warning)\b|(?:hide|conceal|keep) (?:this|these|it|the (?:upload|request|command|transfer|download|operation|activity|fact))\b|keep (?:this|it) (?:a )?(?:secret|hidden)|(?:silently|secretly|covertly|quietly) (?:send|upload|run|execute|install|download|post|forward|copy|collect|exfiltrate|transmit|append|add|modify|disable|read)|\bso (?:that )?(?:the )?(?:user|owner|human|nobody|no one|they|he|she)\b)/gi;
/** The purpose of an order is that nobody sees it. */
const NOTICED =
  /\bso (?:that )?(?:the )?(?:(?:user|owner|human|they|he|she) (?:does not|doesn'?t|do not|don'?t|will not|won'?t|cannot|can'?t|never) (?:see|notice|know|find out|learn|suspect|realis|realiz)|(?:nobody|no one) (?:sees|notices|knows|finds out))(?:\w* (?:it|this|that|them|about|what you|anything)\b|[.!]|$)/i;
const CONCEALED_DEED =
  /\b(?:this|these|that|the) (?:step|instructions?|action|operation|request|upload|download|transfer|command|activity|check|rule|comment|section|behaviou?r|process|sync|call|message|part|task|directive|requirement|backup|telemetry|fact|exchange|bcc|cron ?job|connection|endpoint)s?\b|\bwhat you (?:did|do|sent|are doing|have done)\b|\b(?:about|of|mention) (?:it|this|that|these)\b(?! ?(?:feature|option))|\bthat (?:you|the|this|a|any)\b.{0,40}\b(?:sent|uploaded|ran|executed|installed|read|collected|shared|happened|copied|were sent|was sent)\b/i;

const OVERRIDE =
  /\b(?:ignore|disregard|forget|override|bypass|discard|do not follow|stop following)\b[^.!?\n]{0,40}\b(?:previous|prior|above|earlier|preceding|existing|original|system|safety|all other|any other|developer|openclaw'?s?|your)\b[^.!?\n]{0,30}\b(?:instructions?|rules?|guidelines?|prompts?|directives?|policies|polic(?:y|ies)|constraints?|restrictions?|guardrails?|training|safeguards?)\b/gi;

const GUARD_OFF =
  /\b(?:disable|turn off|switch off|bypass|skip|deactivate|uninstall|kill|circumvent)\b[^.!?\n]{0,50}?(?:\b(?:sandbox(?:ing)?|approvals?|approval prompts?|exec approvals?|confirmations?|permission (?:prompts?|checks?)|safety (?:checks?|filters?|prompts?|guidelines?)|security (?:checks?|warnings?|controls?|software|scan(?:ner|ning)?s?)|guard ?rails?|anti-?virus|gatekeeper|windows defender|defender|real-time protection|firewall|system integrity protection|sip|smartscreen|quarantine|malware (?:scan|protection)\w*)\b|tools\.exec\.(?:ask|security)|exec\.(?:ask|security)\b|--yolo\b|--dangerously-[\w-]+|sandbox\.mode)/gi;

/** The same order in other languages. */
const OVERRIDE_ELSEWHERE =
  /\b(?:ignoriere|missachte|vergiss)\b[^.!?\n]{0,30}\b(?:anweisungen|regeln|vorgaben)\b|\b(?:ignore[zr]?|oublie[zr]?)\b[^.!?\n]{0,30}\b(?:instructions précédentes|consignes|instructions antérieures)|\b(?:ignora|ignore|olvida|esquece|dimentica)\b[^.!?\n]{0,30}\b(?:instrucciones|instruções|istruzioni|reglas|regras|regole)\b|\bnegeer\b[^.!?\n]{0,30}\b(?:instructies|regels)\b|(?:игнорируй|забудь)[^.!?\n]{0,30}(?:инструкци|указани|правил)|忽略[^。！？\n]{0,16}(?:指令|指示|规则|提示)|無視[^。！？\n]{0,16}|[^。！？\n]{0,16}(?:指示|命令)を無視/giu;

/** What makes the agent say yes by itself. */
const ALWAYS_YES =
  /\b(?:auto-?approve|automatically approve|approve (?:all|every)|answer yes to (?:all|every)|always answer yes|accept all (?:prompts|permissions|requests)|always allow)\b[^.!?\n]{0,60}/gi;
/** A text that is to be handed on. */
const SPREADS =
  /\b(?:send|forward|share|post|copy|write|add|append|spread|inject)\b[^.!?\n]{0,30}\bthis (?:skill|message|text|instruction|prompt|section|file)\b[^.!?\n]{0,60}\b(?:all|every|each|other)\b[^.!?\n]{0,30}\b(?:contacts?|channels?|groups?|agents?|sessions?|skills?|workspaces?|users?|chats?|repositor\w+)\b/gi;
/** What nobody but its owner is to know. */
const ASKS_SECRET =
  /\b(?:ask|prompt|request|require)\b[^.!?\n]{0,40}\b(?:seed phrase|recovery phrase|mnemonic|private key|sudo password|root password|login password|keychain password|master password|credit card|card number)\b/gi;
/** A new role in which no rule counts. */
const NO_RULES =
  /\b(?:you are now|enter|switch to|activate|act as|you're now)\b[^.!?\n]{0,40}\b(?:developer mode|maintenance mode|debug mode|god mode|unrestricted|DAN\b|jailbroken|no restrictions|without (?:any )?restrictions)|\b(?:restrictions|safety rules|guidelines|policies|safeguards) (?:do not|don't|no longer) apply\b/gi;
/** Answers that are not true. */
const LIES =
  /\b(?:if|when|whenever) (?:the user|asked|anyone|they|someone|questioned)\b[^.!?\n]{0,80}\b(?:deny|lie\b|pretend|claim (?:that )?(?:it|this|nothing|no|you)|say (?:that )?(?:nothing|it was|this was|you (?:did not|didn't|do not|don't|have no)))/gi;
/** Payments that go to somebody else. */
const PAYEE =
  /\b(?:replace|swap|substitute|change)\b[^.!?\n]{0,60}\b(?:wallet|bitcoin|btc|eth|ethereum|recipient|payment|payout|iban|bank|deposit)\b[^.!?\n]{0,40}\b(?:address|number|account|details)?\b[^.!?\n]{0,20}\b(?:with|to|by)\b/gi;
/** Everything that the machine sends, by way of one server. */
const PROXY =
  /\b(?:route|send|tunnel|proxy|redirect|set|export)\b[^.!?\n]{0,60}\b(?:all (?:\w+ )?(?:traffic|requests|connections)|HTTPS?_PROXY|ALL_PROXY)\b[^.!?\n]{0,60}https?:\/\/(?!localhost|127\.|\[::1\]|<|your)/gi;

/** What a person keeps private, as a whole. */
const PRIVATE =
  /\b(?:entire|full|whole|complete|all)(?: of)?(?: the| your| user'?s)? (?:conversation|chat|message|session|memory|history|transcript|inbox|contact|address book|calendar)s?\b|\b(?:MEMORY|USER|SOUL)\.md\b|\bsession (?:transcripts?|files?|logs?)\b|\bconversation history\b|\baddress book\b/i;

const FETCHES = /\b(?:fetch|download|read|visit|get|load|retrieve|open|curl|pull|check|poll|browse(?: to)?)\b/gi;
const OBEYS =
  /\b(?:follow|execute|run|obey|apply|carry out|perform|do (?:what|whatever|everything|exactly))\b[^.!?\n]{0,40}\b(?:instructions?|commands?|steps|directives?|tasks?|orders|it says|they say|whatever|everything|output|script|code|it|them)\b/i;

/** Verbs before an address whose answer is to be obeyed. */
function remoteOrders(text: string): readonly number[] {
  const out: number[] = [];
  for (const match of text.matchAll(/https?:\/\//g)) {
    const rest = text.slice(match.index, match.index + 420);
    const end = /[\s)\]>"'`]/.exec(rest)?.index ?? rest.length;
    if (!OBEYS.test(rest.slice(end, end + 160))) continue;
    const from = Math.max(0, match.index - 80);
    for (const verb of text.slice(from, match.index).matchAll(FETCHES)) out.push(from + verb.index);
    if (out.length >= MAX_PLACES) break;
  }
  return out;
}

/** Mail that is to be sent to somebody else too. */
const COPIED =
  /\b(?:add|include|append|put|set|use|insert)\b[^.!?\n]{0,40}\b(?:bcc|blind copy)\b[^.!?\n]{0,60}@[\w.-]+\.\w+|\b(?:bcc|blind copy)\b[^.!?\n]{0,30}@[\w.-]+\.\w+/gi;

const SECRETLY = /\b(?:silently|secretly|covertly|quietly)\b/i;
const CONCEAL_TOO = /\b(?:do not|don'?t|never|without) (?:mention|tell|reveal|disclos|show|inform|notify)/i;

const RULES: readonly Rule[] = [
  {
    rule: 'prompt-injection',
    what: 'tells the agent to drop its rules',
    verb: true,
    pattern: OVERRIDE,
    judge: (s) => ({
      severity:
        /\b(?:your (?:training|prompts?)|style|format)/i.test(s.text) && !/previous|prior|system|safety/i.test(s.text)
          ? 'warn'
          : 'critical',
      message: `Tells the agent to drop the rules it was given: "${snippet(s.text)}".`,
    }),
  },
  {
    rule: 'prompt-injection',
    what: 'tells the agent to drop its rules',
    verb: false,
    pattern: OVERRIDE_ELSEWHERE,
    judge: (s) => ({
      severity: 'critical',
      message: `Tells the agent to drop the rules it was given: "${snippet(s.text)}".`,
    }),
  },
  {
    rule: 'protection-off',
    what: 'has everything allowed',
    verb: true,
    pattern: ALWAYS_YES,
    judge: (s) =>
      !/\b(?:Approve All|Always Allow|Accept All)\b/.test(s.text) &&
      /\b(?:command|exec|tool|prompt|permission|approval|action|request)s?\b/i.test(s.text)
        ? { severity: 'warn', message: `Has the agent allow everything without a look: "${snippet(s.text)}".` }
        : undefined,
  },
  {
    rule: 'self-propagation',
    what: 'has itself handed on',
    verb: true,
    pattern: SPREADS,
    judge: (s) => ({
      severity: 'critical',
      message: `Has the agent hand this text on to others: "${snippet(s.text)}".`,
    }),
  },
  {
    rule: 'credential-phishing',
    what: 'asks for a secret of the user',
    verb: true,
    pattern: ASKS_SECRET,
    judge: (s) => ({
      severity: 'warn',
      message: `Has the agent ask its user for a secret that no skill needs: "${snippet(s.text)}".`,
    }),
  },
  {
    rule: 'potential-exfiltration',
    what: 'sends private data away',
    verb: true,
    pattern: TAKES,
    judge: (s) =>
      PRIVATE.test(s.text) && SENDS.test(s.text) && AWAY.test(s.text)
        ? {
            severity: CONCEAL_TOO.test(s.text) || SECRETLY.test(s.text) ? 'critical' : 'warn',
            message: `Tells the agent to send what is private away: "${snippet(s.text)}".`,
          }
        : undefined,
  },
  {
    rule: 'prompt-injection',
    what: 'tells the agent that no rule counts',
    verb: false,
    pattern: NO_RULES,
    judge: (s) => ({
      severity: 'critical',
      message: `Tells the agent that its rules do not count: "${snippet(s.text)}".`,
    }),
  },
  {
    rule: 'concealment',
    what: 'tells the agent to say what is not true',
    verb: false,
    pattern: LIES,
    judge: (s) => ({
      severity: 'warn',
      message: `Tells the agent to say what is not true when it is asked: "${snippet(s.text)}".`,
    }),
  },
  {
    rule: 'data-redirection',
    what: 'changes where money goes',
    verb: true,
    pattern: PAYEE,
    judge: (s) =>
      /0x[0-9a-fA-F]{6,}|\bbc1\w{6,}|\b[13][A-HJ-NP-Za-km-z1-9]{24,}|\b[A-Z]{2}\d{2}[ \dA-Z]{10,}|\b(?:ours|this one|the following|mine)\b/.test(
        s.text,
      )
        ? { severity: 'critical', message: `Has payments go to another account: "${snippet(s.text)}".` }
        : undefined,
  },
  {
    rule: 'data-redirection',
    what: 'sends all traffic by way of one server',
    verb: true,
    pattern: PROXY,
    judge: (s) => ({
      severity: 'warn',
      message: `Has everything go by way of one server, which can read it: "${snippet(s.text)}".`,
    }),
  },
  {
    rule: 'data-redirection',
    what: 'has mail copied to somebody',
    verb: false,
    pattern: COPIED,
    judge: (s, next) => {
      const secret = CONCEAL_TOO.test(`${s.text} ${next?.text ?? ''}`);
      return {
        severity: secret ? 'critical' : 'warn',
        message: `Has what the agent sends copied to a fixed address${secret ? ', and nobody told' : ''}: "${snippet(s.text)}".`,
      };
    },
  },
  {
    rule: 'concealment',
    what: 'tells the agent to keep something from the user',
    verb: false,
    pattern: CONCEAL,
    judge: (s, next) => {
      const both = `${s.lead} ${s.text} ${next?.text ?? ''}`;
      const secretly =
        /\b(?:silently|secretly|covertly|quietly) (?:send|upload|post|forward|copy|collect|exfiltrate|transmit|read)/i.test(
          s.text,
        );
      const noticed = NOTICED.test(s.text);
      const toUser =
        /\b(?:user|owner|human|operator|them|anyone|him|her|victim|person|in (?:the|your) (?:conversation|chat|reply|replies|answer|response)s?)\b/i.test(
          s.text,
        );
      const asking = /\bask(?:ing)?\b/i.test(s.text.match(CONCEAL)?.[0] ?? '');
      if (asking || !(noticed || secretly || (toUser && CONCEALED_DEED.test(s.text)))) return undefined;
      const bad = SECRETS.test(both) || (AWAY.test(both) && SENDS.test(both));
      return {
        severity: bad ? 'critical' : 'warn',
        message: `Tells the agent to keep what it does from the user: "${snippet(s.text)}".`,
      };
    },
  },
  {
    rule: 'protection-off',
    what: 'tells the reader to switch a protection off',
    verb: true,
    pattern: GUARD_OFF,
    judge: (s) => ({
      severity: 'warn',
      message: `Tells the reader to switch off what protects the machine or holds the agent back: "${snippet(s.text)}".`,
    }),
  },
  {
    rule: 'credential-exfiltration',
    what: 'tells the agent to send secrets away',
    verb: true,
    pattern: TAKES,
    judge: (s, next) => {
      const here = SECRETS.test(s.text);
      const sends = (SENDS.test(s.text) && AWAY.test(s.text)) || PUBLISHES.test(s.text);
      if (here && sends && !ownService(s.text))
        return {
          severity: 'critical',
          message: `Tells the agent to take secrets of this machine and send them away: "${snippet(s.text)}".`,
        };
      if (
        here &&
        next &&
        SENDS.test(next.text) &&
        AWAY.test(next.text) &&
        /\b(?:them|it|these|this|those|the (?:contents?|results?|output|values?|data|file|keys?))\b/i.test(next.text) &&
        !isDescribed(next, next.text.search(SENDS))
      ) {
        return {
          severity: 'critical',
          message: `Tells the agent to read secrets of this machine, and then to send them away: "${snippet(next.text)}".`,
        };
      }
      return undefined;
    },
  },
  {
    rule: 'remote-instructions',
    what: 'tells the agent to obey what a server says',
    verb: true,
    pattern: remoteOrders,
    judge: (s) => {
      const url = addressesIn(s.text)[0] ?? '';
      const trust = downloadTrust(url);
      if (trust.level === 'official' || trust.level === 'local') return undefined;
      return {
        severity: trust.level === 'bad' ? 'critical' : trust.level === 'release' ? 'info' : 'warn',
        message: `Tells the agent to do what ${snippet(destination(url).host)} says: ${trust.why}.`,
      };
    },
  },
];

/** Where the secrets of a tool belong. */
const OWN_HOMES: readonly (readonly [RegExp, RegExp])[] = [
  [/\.aws\b/, /amazonaws\.com|aws\.amazon\.com/],
  [/\.config\/gh\b/, /github\.com/],
  [/\.docker\b/, /docker\.(?:io|com)/],
  [/gcloud\b/, /googleapis\.com|google\.com/],
  [/\.kube\b/, /kubernetes|\.local\b|localhost/],
];

/** A key that goes where it belongs: `send your API key to api.acme.com`, `pass it as a header`. */
function ownService(text: string): boolean {
  if (OWN_HOMES.some(([secret, home]) => secret.test(text) && home.test(text))) return true;
  return (
    /\b(?:header|authorization|bearer)\b/i.test(text) &&
    !/\.ssh|\.aws|private key|seed phrase|keychain|cookies|all /i.test(text)
  );
}

/** What the sentences tell the reader to do. */
export function judgeSentences(file: string, sentences: readonly Sentence[]): readonly RawFinding[] {
  const out: RawFinding[] = [];
  for (let i = 0; i < sentences.length; i++) {
    const sentence = sentences[i]!;
    for (const rule of RULES) {
      const at = placesOf(rule, sentence.text).find(
        (p) => (!rule.verb || isInstruction(sentence.text, p)) && !isDescribed(sentence, p),
      );
      if (at === undefined) continue;
      const next = sentences[i + 1]?.comment === sentence.comment ? sentences[i + 1] : undefined;
      const judged = rule.judge(sentence, next);
      if (!judged) continue;
      const hidden = sentence.comment;
      out.push({
        rule: rule.rule,
        severity: hidden && judged.severity === 'warn' ? 'critical' : judged.severity,
        confidence: hidden || judged.severity === 'critical' ? 'high' : 'medium',
        message: hidden ? `${judged.message} It stands in a comment, which is not shown.` : judged.message,
        steps: [{ file, pos: sentence.start + at, what: rule.what }],
      });
    }
  }
  return out;
}
