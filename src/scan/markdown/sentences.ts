import type { Block } from './blocks.ts';

/** A sentence or a list item, with what says how it is meant. */
export interface Sentence {
  /** Emphasis marks are blanked; code spans and links stay. */
  readonly text: string;
  readonly start: number;
  /** The sentence before it in the same block, or the line that introduces the list. */
  readonly lead: string;
  readonly headings: readonly string[];
  readonly comment: boolean;
}

const MAX_SENTENCE = 1200;

/** Cuts prose into sentences. Long ones are cut, so that every rule looks at a bounded text. */
export function sentencesOf(blocks: readonly Block[]): readonly Sentence[] {
  const out: Sentence[] = [];
  let intro = '';
  for (const block of blocks) {
    if (block.kind === 'code') continue;
    const text = block.text.replace(/[*_]{2,3}|[*](?=\S)|(?<=\S)[*]/g, (m) => ' '.repeat(m.length));
    let lead = block.item ? intro : intro.endsWith(':') ? intro : '';
    let from = 0;
    const cut = (end: number): void => {
      const part = text.slice(from, end);
      const body = part.trimStart();
      if (body.trim() !== '') {
        const start = block.start + from + part.length - body.length;
        for (let at = 0; at < body.length; at += MAX_SENTENCE) {
          out.push({
            text: body.slice(at, at + MAX_SENTENCE).trimEnd(),
            start: start + at,
            lead,
            headings: block.headings,
            comment: block.kind === 'comment',
          });
        }
        lead = body.trim().slice(0, MAX_SENTENCE);
      }
      from = end;
    };
    for (const match of text.matchAll(/[.!?]["')\]]?(?=\s)|\n(?=\s*(?:[-*+]|\d{1,3}[.)])\s)|[。！？]/g))
      cut(match.index + match[0].length);
    cut(text.length);
    if (block.kind === 'heading') intro = '';
    else if (!block.item || text.trimEnd().endsWith(':')) intro = lead.trim();
  }
  return out;
}

/** Words before an instruction that turn it around, or say that it is quoted. */
const AGAINST =
  /\b(?:never|not|don'?t|doesn'?t|didn'?t|won'?t|can(?:no|')?t|shouldn'?t|mustn'?t|avoid|refuse[sd]?|reject(?:s|ed)?|block(?:s|ed|ing)?|prevent(?:s|ed|ing)?|detect(?:s|ed|ing|ion)?|flag(?:s|ged)?|beware|watch (?:out )?for|look(?:s|ing)? for|report(?:s|ed)? (?:any|when|if)|warn(?:s|ing)? (?:against|about|if|when|the user)|attack(?:s|er|ers)?|malicious|adversar\w+|hostile|injection|injected|phish\w*|suspicious|untrusted|compromised|exploit\w*|red flags?|anti-?pattern\w*|threat\w*|unsafe|instead of|rather than|without|scam\w*|malware|trojan\w*|payloads?|vulnerab\w+|tries to|trying to|attempts? to|tricks?|asks? you to|tells? (?:you|the agent) to|telling|instructing|that (?:say|ask|tell|instruct|try|attempt)s?|if (?:a|an|any|the|some)\w* \w+ (?:asks?|tells?|says?|instructs?|requests?))\b/i;

/** Headings and introductions under which attacks are described. */
const DESCRIBING =
  /\b(?:attacks?|attackers?|threats?|red flags?|anti-?patterns?|malicious|malware|injections?|phishing|vulnerab\w+|detect\w*|suspicious|warning signs?|bad examples?|what not to|never|avoid|forbidden|prohibited|dangerous|unsafe|exploits?|payloads?|indicators?|ioc|scann(?:er|ing|s)|test (?:cases?|prompts?|strings?)|fixtures?|block(?:s|ed|list)|den(?:y|ied)|checks? for|examples? of|case stud\w+|incident\w*|risks?|out of scope|security (?:checks?|rules?|review|audit|considerations?)|reject\w*|refus\w*|signatures?|patterns?|heuristics?|red team\w*|jailbreaks?|social engineering|adversarial|hardening|guard ?rails?)\b/i;

/** True when what stands before a place of the sentence says that it is not to be done, or only described. */
export function isDescribed(sentence: Sentence, at: number): boolean {
  const before = sentence.text.slice(Math.max(0, at - 160), at);
  if (AGAINST.test(before)) return true;
  if (isQuoted(sentence.text, at)) return true;
  if (sentence.comment) return false;
  if (DESCRIBING.test(sentence.lead) && /[:：]$|[.]$/.test(sentence.lead)) return true;
  return sentence.headings
    .slice(-2)
    .some(
      (h) => DESCRIBING.test(h) || /^\W*(?:do(?:n'?t| not)s?\b(?! (?:show|display|tell|mention))|never\b)/i.test(h),
    );
}

/** The story of an attack that happened. */
const STORY = /\b(?:attackers?|victims?|stealers?|infostealers?|malware|campaigns?|trojans?|worms?|threat actors?)\b/i;
/** Somebody did something, and nobody is told to do it. */
const PAST =
  /\b(?:it|they|he|she|which|(?:the|a|an|this|that|these|those|each|every|some) (?:[\w-]+ ){1,4})\s?(?:then |later |also |first )?(?:[a-z]{2,}ed|ran|sent|took|stole|wrote|hid|read|was|were|had)\b/i;
const TOLD =
  /\b(?:you|your|please|must|should|need|always|now)\b|(?:^|[,;:] )(?:then )?(?:run|execute|paste|type|use|enter|copy|open)\b/i;

/** True when what stands before a command tells in the past tense what an attack did, by the text around it too. */
export function isNarrated(before: string, around: readonly string[]): boolean {
  return PAST.test(before) && !TOLD.test(before) && around.some((text) => STORY.test(text));
}

/** True between quotation marks or back quotes. */
export function isQuoted(text: string, at: number): boolean {
  const before = text.slice(0, at);
  for (const mark of ['"', '`']) {
    let count = 0;
    for (const c of before) if (c === mark) count++;
    if (count % 2 === 1 && text.includes(mark, at)) return true;
  }
  const opened = Math.max(before.lastIndexOf('“'), before.lastIndexOf('«'), before.lastIndexOf('「'));
  if (opened >= 0 && !/[”»」]/.test(before.slice(opened))) return true;
  // An apostrophe in a word is no quotation mark.
  const single = [...before.matchAll(/(?<![A-Za-z])'(?=\S)|(?<=\S)'(?![A-Za-z])/g)].length;
  return single % 2 === 1;
}

/** What may stand before the verb of an instruction. */
const FILLER =
  /(?:^|[,:;—–(]|\b(?:then|and|or|first|next|now|finally|please|always|immediately|also|just|simply|silently|quietly|secretly|must|should|shall|(?:you|agents?) (?:will|can|may)|have to|need to|needs to|make sure to|be sure to|required to|want you to|you to|agents? to|step \d+|(?:on|at|upon) (?:(?:the )?(?:first|each|every) )?(?:use|run|start(?:-?up)?|load|launch|install(?:ation)?|activation)|every (?:\w+ ){0,2}(?:minutes?|hours?|days?|morning|week|time|turn|session|message|start)|important|note|system|assistant|before \w+(?: \w+)?,|after \w+(?: \w+)?,))[\s:,.*>\-–—]*$/i;

/** An option or a name that is explained: `--yes`: skip the prompts. */
const EXPLAINED = /^[\s\-*+>]*(?:`[^`]{1,120}`|"[^"]{1,80}"|--?[\w-]{1,40}|<[^>]{1,200}>)[^:–—|]{0,80}(?:[:–—|]|\s-\s)/;

/** True when the word at a place tells the reader to do something. */
export function isInstruction(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 60), at);
  if (text.startsWith('|') || EXPLAINED.test(text.slice(0, at)) || /`[^`]{1,120}`\s*\($/.test(before)) return false;
  return /^[\s\-*+#>\d.)\]:[(]*$/.test(text.slice(0, at)) || FILLER.test(before);
}
