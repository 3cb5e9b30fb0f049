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
  readonly pattern: RegExp;
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
  const out: number[] = [];
  for (const match of text.matchAll(rule.pattern)) {
    if (out.push(match.index) >= MAX_PLACES) break;
  }
  return out;
}

/** Things that only a thief wants out of a machine. A service's own key is not among them. */
const SECRETS =
  /~?\/?\.(?:ssh|aws|gnupg|kube|docker\/config|netrc|git-credentials|config\/(?:gh|gcloud))\b|\bid_(?:rsa|ed25519)\b|(?:^|[\s`"'/~])\.env\b(?!\.example|\.sample|\.template)|\.openclaw\/(?:openclaw\.json|credentials|\.env|identity)|auth-profiles\.json|\b(?:ssh|private|wallet|signing) keys?\b|\bseed phrases?\b|\bmnemonics?\b|\bkeychain\b|\b(?:browser|session) cookies\b|\b(?:saved|stored|user'?s|all) passwords?\b|\b(?:all|every|any) (?:\w+ )?(?:api keys|tokens|credentials|secrets|environment variables|env vars)\b|\benvironment variables\b|\bcontents? of (?:the )?(?:env|environment)\b|\bos\.environ\b|\bprocess\.env\b|\bprintenv\b/i;
const SENDS =
  /\b(?:send|upload|post|forward|exfiltrate|transmit|submit|e-?mail|leak|beacon|deliver|push|copy|append|attach|include|encode)\b/i;
const TAKES =
  /\b(?:read|collect|gather|find|grab|cat|extract|dump|harvest|steal|retrieve|fetch|take|get|open|list|search for|scan for|print|include|append|send|upload|post|forward|exfiltrate|transmit|copy|encode|submit)\b/gi;
const AWAY =
  /https?:\/\/|\b(?:webhook|remote (?:server|endpoint|host)|external (?:server|endpoint|url|address)|our (?:server|endpoint)|command and control|c2|pastebin|telegram|discord|attacker)\b|\bvia (?:curl|dns|http|e-?mail)\b/i;

const CONCEAL =
  /\b(?:(?:do not|don'?t|never|avoid|without) (?:tell|telling|inform|informing|mention|mentioning|reveal|revealing|disclose|disclosing|notify|notifying|alert|alerting|show|showing|let|letting|report|reporting|explain|explaining|ask|asking|display|displaying|warn|warning)\b|(?:hide|conceal|keep) (?:this|these|it|the (?:upload|request|command|transfer|download|operation|activity|fact))\b|keep (?:this|it) (?:a )?(?:secret|hidden)|(?:silently|secretly|covertly|quietly) (?:send|upload|run|execute|install|download|post|forward|copy|collect|exfiltrate|transmit|append|add|modify|disable|read))/gi;
const CONCEALED_DEED =
  /\b(?:this|these|that|the) (?:step|instructions?|action|operation|request|upload|download|transfer|command|activity|check|rule|comment|section|behaviou?r|process|sync|call|message|part|task|directive|requirement|backup|telemetry|fact|exchange)s?\b|\bwhat you (?:did|do|sent|are doing|have done)\b|\b(?:about|of|mention) (?:it|this|that|these)\b(?! ?(?:feature|option))|\bthat (?:you|the|this|a|any)\b.{0,40}\b(?:sent|uploaded|ran|executed|installed|read|collected|shared|happened|copied|were sent|was sent)\b/i;

const OVERRIDE =
  /\b(?:ignore|disregard|forget|override|bypass|discard|do not follow|stop following)\b[^.!?\n]{0,40}\b(?:previous|prior|above|earlier|preceding|existing|original|system|safety|all other|any other|developer|openclaw'?s?|your)\b[^.!?\n]{0,30}\b(?:instructions?|rules?|guidelines?|prompts?|directives?|policies|polic(?:y|ies)|constraints?|restrictions?|guardrails?|training|safeguards?)\b/gi;

const GUARD_OFF =
  /\b(?:disable|turn off|switch off|bypass|skip|remove|deactivate|uninstall|stop|kill|circumvent|set)\b[^.!?\n]{0,50}?(?:\b(?:sandbox(?:ing)?|approvals?|approval prompts?|exec approvals?|confirmations?|permission (?:prompts?|checks?)|safety (?:checks?|filters?|prompts?|guidelines?)|security (?:checks?|warnings?|controls?|software|scan(?:ner|ning)?s?)|guard ?rails?|anti-?virus|gatekeeper|windows defender|defender|real-time protection|firewall|system integrity protection|sip|smartscreen|quarantine|malware (?:scan|protection)\w*)\b|tools\.exec\.(?:ask|security)|exec\.(?:ask|security)\b|--yolo\b|--dangerously-[\w-]+|sandbox\.mode)/gi;

const REMOTE_ORDERS =
  /\b(?:fetch|download|read|visit|get|load|retrieve|open|curl|pull|check|browse(?: to)?)\b[^.!?\n]{0,80}https?:\/\/\S{3,300}[^!?\n]{0,80}?\b(?:follow|execute|run|obey|apply|carry out|perform|do (?:what|whatever|everything))\b[^.!?\n]{0,40}\b(?:instructions?|commands?|steps|directives?|tasks?|orders|it says|they say|whatever|everything|output|script|code|it)\b/gi;

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
      const toUser = /\b(?:user|owner|human|operator|them|anyone|him|her|victim|person)\b/i.test(s.text);
      const asking = /\bask(?:ing)?\b/i.test(s.text.match(CONCEAL)?.[0] ?? '');
      if (asking || !(secretly || (toUser && CONCEALED_DEED.test(s.text)))) return undefined;
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
      const sends = SENDS.test(s.text) && AWAY.test(s.text);
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
    pattern: REMOTE_ORDERS,
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

/** A key that goes where it belongs: `send your API key to api.acme.com`, `pass it as a header`. */
function ownService(text: string): boolean {
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
