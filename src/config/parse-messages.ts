import { lineIndex } from './lines.ts';

/** What the parser wanted at the place where it stopped. */
export interface Expectation {
  /** A whole clause, or with `seen` the first half of `…, found 'x'`. */
  readonly text: string;
  /** What to add about the character found: its description is part of the message. */
  readonly seen?: 'value' | 'key' | 'after-key' | 'after-value' | 'other';
}

export const VALUE: Expectation = { text: 'expected a value', seen: 'value' };
export const WORD: Expectation = {
  text: 'expected true, false, null, Infinity, NaN or a string in quotes',
  seen: 'other',
};
export const KEY: Expectation = { text: "expected a key or '}'", seen: 'key' };
export const AFTER_KEY: Expectation = { text: "expected ':' after the key", seen: 'after-key' };
export const AFTER_MEMBER: Expectation = { text: "expected ',' or '}' after the value", seen: 'after-value' };
export const AFTER_ITEM: Expectation = { text: "expected ',' or ']' after the item", seen: 'after-value' };
export const AFTER_ROOT: Expectation = { text: 'expected nothing more after the value', seen: 'after-value' };
export const COMMENT_START: Expectation = { text: "expected '/' or '*' to begin a comment", seen: 'other' };
export const DIGIT: Expectation = { text: 'expected a digit', seen: 'other' };
export const EXPONENT: Expectation = { text: 'expected a digit of the exponent', seen: 'other' };
export const HEX_NUMBER: Expectation = { text: "expected a hexadecimal digit after '0x'", seen: 'other' };
export const BYTE_ESCAPE: Expectation = { text: "expected two hexadecimal digits after '\\x'", seen: 'other' };
export const UNIT_ESCAPE: Expectation = { text: "expected four hexadecimal digits after '\\u'", seen: 'other' };
export const KEY_ESCAPE: Expectation = {
  text: "expected 'u' after the backslash in a key without quotes",
  seen: 'other',
};
export const KEY_ESCAPE_CHARACTER: Expectation = { text: 'a key with this escaped character needs quotes' };
export const DIGIT_ESCAPE: Expectation = { text: 'a backslash before a digit from 1 to 9 is not an escape in JSON5' };
export const ZERO_ESCAPE: Expectation = { text: "a digit after '\\0' is not allowed in JSON5" };
export const STRING_LINE: Expectation = { text: 'the string is not closed before the end of the line' };
export const STRING_END: Expectation = { text: 'the string is not closed before the end of the text' };

/** A block comment that begins at `start` and never ends. */
export function openComment(text: string, start: number): Expectation {
  return { text: `the comment that begins on line ${lineIndex(text).position(start).line} is not closed` };
}

/**
 * One clause for people about a text that breaks off at `offset`. Quotes no more of the text than the character there.
 * `innermost` is the container that is open at that place.
 */
export function problemMessage(
  text: string,
  offset: number,
  { text: wanted, seen }: Expectation,
  innermost: { readonly kind: 'object' | 'array'; readonly start: number } | undefined,
): string {
  if (!seen) return wanted;
  const code = text.codePointAt(offset);
  if (code === undefined) {
    if (!innermost) return `${wanted}, but the text ends`;
    const { line } = lineIndex(text).position(innermost.start);
    return `${wanted}, but the text ends and the ${innermost.kind} that opens on line ${line} is not closed`;
  }
  const character = String.fromCodePoint(code);
  const note = hint(seen, character, text[offset - 1]);
  return `${wanted}, found ${describe(character)}${note ? `; ${note}` : ''}`;
}

function hint(seen: NonNullable<Expectation['seen']>, found: string, before: string | undefined): string | undefined {
  if (/[‘’“”„«»`]/.test(found)) return 'only \' and " are quotes in JSON5';
  if (found === '#') return 'a comment begins with //';
  if (seen === 'value' && /\p{L}/u.test(found)) return 'a string needs quotes';
  if (seen === 'key' && /[0-9-]/.test(found)) return 'a key that begins with this character needs quotes';
  if (seen === 'after-key' && /[-.@/+*]/.test(found)) return 'a key with this character needs quotes';
  if (seen === 'after-value' && before === '0' && /[0-9]/.test(found))
    return 'a number other than 0 cannot begin with 0';
  return undefined;
}

/** The character in quotes; a line end or an invisible or deceptive one by its name. */
function describe(character: string): string {
  if (character === '\n' || character === '\r') return 'the end of the line';
  if (character === ' ') return 'a space';
  if (character === '\t') return 'a tab';
  if (/[\p{C}\p{Z}\p{M}]/u.test(character)) {
    return `the character U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return character === "'" ? '"\'"' : `'${character}'`;
}
