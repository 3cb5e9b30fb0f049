import { type RawFinding, snippet } from '../findings.ts';

const MAX_FINDINGS = 20;

/** Scripts whose writing needs joiners: Arabic, Hebrew marks, Syriac, Indic, Sinhala, Myanmar, Khmer, Mongolian, N'Ko. */
const NEEDS_JOINERS = /[\u0590-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb1d-\ufdff\ufe70-\ufefc]/;
/** Pictures, their modifiers and keycaps. */
const PICTURE = /[\u00a9\u00ae\u203c-\u3299\u{1f000}-\u{1faff}\u{e0020}-\u{e007f}0-9#*]|\ufe0f/u;

/** Characters without a shape that can encode text. */
const BLANKS = new Set([
  0x200b, 0x200c, 0x200d, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x180e, 0x00ad, 0xfeff, 0x034f, 0x115f, 0x1160,
  0x3164, 0xffa0,
]);

/**
 * Text that people do not see and programs read: tag characters, marks that turn the direction of writing around, runs of
 * characters without width, and runs of variation selectors. Joiners of emoji and of scripts that need them, a byte order
 * mark at the start, and single soft hyphens are ordinary.
 */
export function hiddenUnicode(file: string, text: string, base = 0): readonly RawFinding[] {
  const out: RawFinding[] = [];
  const add = (pos: number, severity: RawFinding['severity'], message: string): void => {
    if (out.length < MAX_FINDINGS)
      out.push({
        rule: 'hidden-unicode',
        severity,
        confidence: 'high',
        message,
        steps: [{ file, pos: base + pos, what: 'holds text that cannot be seen' }],
      });
  };
  let i = 0;
  while (i < text.length) {
    const code = text.codePointAt(i)!;
    if (code < 0xad) {
      i++;
      continue;
    }
    if (code >= 0xe0000 && code <= 0xe007f) i = tags(text, i, add);
    else if ((code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef)) i = selectors(text, i, add);
    else if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)) i = directions(text, i, add);
    else if (BLANKS.has(code)) i = blanks(text, i, add);
    else i += code > 0xffff ? 2 : 1;
  }
  return out;
}

type Add = (pos: number, severity: RawFinding['severity'], message: string) => void;

/** Tag characters mirror ASCII; flags of regions are the only use. */
function tags(text: string, start: number, add: Add): number {
  let i = start;
  let hidden = '';
  while (i < text.length) {
    const code = text.codePointAt(i)!;
    if (code < 0xe0000 || code > 0xe007f) break;
    if (code >= 0xe0020 && code < 0xe007f) hidden += String.fromCharCode(code - 0xe0000);
    i += 2;
  }
  const flag =
    start >= 2 &&
    text.codePointAt(start - 2) === 0x1f3f4 &&
    hidden.length <= 7 &&
    /^[a-z]{2}[a-z0-9]{1,4}$/.test(hidden);
  if (!flag)
    add(
      start,
      'critical',
      hidden
        ? `Holds text in characters that cannot be seen, which a model reads: "${snippet(hidden)}".`
        : 'Holds tag characters, which cannot be seen.',
    );
  return i;
}

/** One selector after a character is ordinary; more of them are bytes. */
function selectors(text: string, start: number, add: Add): number {
  let i = start;
  let count = 0;
  while (i < text.length) {
    const code = text.codePointAt(i)!;
    const low = code >= 0xfe00 && code <= 0xfe0f;
    if (!low && !(code >= 0xe0100 && code <= 0xe01ef)) break;
    i += low ? 1 : 2;
    count++;
  }
  if (count >= 4) add(start, 'critical', `Hides ${count} bytes in variation selectors, which cannot be seen.`);
  return i;
}

/** Direction marks are for mixed writing; around Latin text they show something else than what is read. */
function directions(text: string, start: number, add: Add): number {
  const code = text.charCodeAt(start);
  const near = text.slice(Math.max(0, start - 200), start + 200);
  const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(near);
  if (code === 0x202d || code === 0x202e)
    add(
      start,
      rightToLeft ? 'info' : 'critical',
      'Turns the direction of writing around, so that what is shown is not what is read.',
    );
  else if (!rightToLeft && code !== 0x202c && code !== 0x2069)
    add(start, 'warn', 'Holds marks that change the direction of writing, in text that has no use for them.');
  else return start + 1;
  return start + 200;
}

function blanks(text: string, start: number, add: Add): number {
  let i = start;
  const kinds = new Set<number>();
  while (i < text.length && BLANKS.has(text.charCodeAt(i))) {
    kinds.add(text.charCodeAt(i));
    i++;
  }
  const count = i - start;
  if (start === 0 && text.charCodeAt(0) === 0xfeff && count === 1) return i;
  const before = text.slice(Math.max(0, start - 2), start);
  const after = text.slice(i, i + 2);
  if (
    count <= 2 &&
    (NEEDS_JOINERS.test(before) || NEEDS_JOINERS.test(after) || PICTURE.test(before) || PICTURE.test(after))
  )
    return i;
  if (count >= 8 && kinds.size >= 2) add(start, 'critical', `Hides text in ${count} characters without width.`);
  else if (count >= 16) add(start, 'warn', `Holds a run of ${count} characters without width.`);
  else if (count === 1 && isWordCharacter(before.at(-1)) && isWordCharacter(after[0]) && kinds.has(0x200b))
    split(text, start, i, add);
  return i;
}

/** A space without width inside of a word that rules look for. */
function split(text: string, start: number, end: number, add: Add): void {
  const head = /[A-Za-z]{1,12}$/.exec(text.slice(Math.max(0, start - 12), start))?.[0] ?? '';
  const tail = /^[A-Za-z\u200b]{1,16}/.exec(text.slice(end, end + 16))?.[0] ?? '';
  const word = (head + tail).replaceAll('\u200b', '');
  if (/^(?:curl|wget|base64|eval|exec|bash|ignore|sudo|password|token|secret|instructions?)$/i.test(word))
    add(start, 'warn', `Splits the word "${word}" with a character that cannot be seen.`);
}

function isWordCharacter(c: string | undefined): boolean {
  return c !== undefined && /[A-Za-z]/.test(c);
}
