import { visible } from '../../core/text.ts';

/** A secret in memory that does not show itself when it is logged, serialised or put into a message. */
export class HeldSecret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  /** The secret itself. Only for the one frame that carries it. */
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return '[secret]';
  }
  toJSON(): string {
    return '[secret]';
  }
}

/** Makes text of the other side fit for a report. */
export type Clean = (text: string, max?: number) => string;

const MARK = '[secret]';
/** Text that shares this many characters in a row with a secret loses them: a close reason cuts its text anywhere. */
const SHORTEST_PART = 8;
/** Longest text looked at, in characters. */
const LONGEST_TEXT = 4096;
const CREDENTIAL_IN_URL = /\/\/[^\s/@]*@|([?&](?:token|password|auth|secret|key)=)[^\s&#]*/gi;

/**
 * A function that removes these secrets, also in part or encoded, and credentials in URLs from a text, then makes the
 * rest safe to show on one line.
 */
export function cleaner(secrets: readonly HeldSecret[]): Clean {
  const forms = [...new Set(secrets.flatMap((secret) => encodings(secret.reveal())))].filter((form) => form !== '');
  return (text, max = 200) => {
    let out = text.slice(0, LONGEST_TEXT);
    for (const form of forms) out = form.length < SHORTEST_PART ? out.replaceAll(form, MARK) : withoutParts(out, form);
    out = out
      .replaceAll(`${MARK}${MARK}`, MARK)
      .replace(CREDENTIAL_IN_URL, (_, parameter?: string) =>
        parameter === undefined ? `//${MARK}@` : `${parameter}${MARK}`,
      );
    return visible(out, max);
  };
}

function encodings(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const base64 = bytes.toString('base64').replace(/=+$/, '');
  return [
    value,
    encodeURIComponent(bytes.toString('utf8')),
    JSON.stringify(value).slice(1, -1),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
    bytes.toString('hex'),
  ];
}

/** Replaces every run of at least `SHORTEST_PART` characters of the text that stands in `form`. */
function withoutParts(text: string, form: string): string {
  let out = '';
  let at = 0;
  while (at < text.length) {
    let end = at + SHORTEST_PART;
    if (end > text.length || !form.includes(text.slice(at, end))) {
      out += text[at++];
      continue;
    }
    while (end < text.length && form.includes(text.slice(at, end + 1))) end++;
    out += MARK;
    at = end;
  }
  return out;
}
