import { downloadTrust } from '../data/downloads.ts';
import { homesOf, isCredentialName, serviceOf } from '../data/credential-names.ts';
import { destination, hostBelongs, hostNames } from '../data/hosts.ts';
import type { Severity } from '../../core/severity.ts';
import { type RawFinding, snippet } from '../findings.ts';
import { isDescribed, isInstruction, type Sentence } from './sentences.ts';
import {
  SECRETS,
  SENDS,
  PUBLISHES,
  TAKES,
  AWAY,
  CONCEAL,
  NOTICED,
  CONCEALED_DEED,
  OVERRIDE,
  GUARD_OFF,
  OVERRIDE_ELSEWHERE,
  ALWAYS_YES,
  ANSWERS_ITSELF,
  REMEMBERS,
  UNSEEN,
  UNASKED,
  SPREADS,
  ASKS_SECRET,
  NO_RULES,
  LIES,
  PAYEE,
  PROXY,
  PRIVATE,
  FETCHES,
  OBEYS,
  COPIED,
  SECRETLY,
  CONCEAL_TOO,
  STANDS_FOR,
} from './vocabulary.ts';

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
  /** Back-quotes around it make no quotation of it. */
  readonly inCode?: boolean;
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

/** What the text says that the placeholders of an address stand for: `?q=<CTX>`, "where <CTX> is …". */
function placeholderMeanings(url: string, text: string): string {
  const out: string[] = [];
  for (const place of new Set(url.match(/<[\w -]{1,40}>|\{{1,2}[\w-]{1,40}\}{1,2}/g))) {
    for (let at = text.indexOf(place); at >= 0 && out.length < MAX_PLACES; at = text.indexOf(place, at + 1)) {
      out.push(STANDS_FOR.exec(text.slice(at + place.length, at + place.length + 220))?.[1] ?? '');
    }
  }
  return out.join(' ');
}

/** Keys of a service that stand in an address of another one. */
function foreignKeys(text: string): readonly number[] {
  const out: number[] = [];
  for (const match of text.matchAll(/https?:\/\/[^\s`)"'<]{3,200}(?:<[^>\n]{1,60}>[^\s`)"'<]{0,100}){0,6}/g)) {
    const told = placeholderMeanings(match[0], text);
    for (const name of `${match[0]} ${told}`.match(/\b[A-Z][A-Z0-9]{1,20}_[A-Z0-9_]{2,40}\b/g) ?? []) {
      const homes = isCredentialName(name) ? homesOf(serviceOf(name)) : undefined;
      const to = destination(match[0]);
      if (
        homes &&
        to.kind !== 'local' &&
        to.kind !== 'unknown' &&
        !hostBelongs(to.host, homes) &&
        !hostNames(to.host, serviceOf(name))
      )
        out.push(match.index);
    }
  }
  return out;
}

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
    rule: 'protection-off',
    what: 'has the agent answer for its user',
    verb: true,
    pattern: ANSWERS_ITSELF,
    judge: (s) => ({
      severity: 'warn',
      message: `Has the agent answer questions that are meant for its user: "${snippet(s.text)}".`,
    }),
  },
  {
    rule: 'agent-tampering',
    what: 'puts a rule into the memory of the agent',
    verb: true,
    pattern: REMEMBERS,
    judge: (s, next) =>
      UNSEEN.test(s.text) || UNASKED.test(`${s.text} ${next?.text ?? ''}`)
        ? {
            severity: 'critical',
            message: `Has the agent remember a rule that its user does not see or is not asked about: "${snippet(s.text)}".`,
          }
        : undefined,
  },
  {
    rule: 'credential-exfiltration',
    what: 'puts a key into the address of another service',
    verb: false,
    inCode: true,
    pattern: foreignKeys,
    judge: (s) => ({
      severity: 'critical',
      message: `Has a key put into the address of a service that it does not belong to: "${snippet(s.text)}".`,
    }),
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
        (p) =>
          (!rule.verb || isInstruction(sentence.text, p)) &&
          !isDescribed(rule.inCode ? { ...sentence, text: sentence.text.replaceAll('`', ' ') } : sentence, p),
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
