import { property } from '../foreign-json.ts';

/** An index of 5,000 plugins has about half of it. */
const MAX_VALUES = 1_000_000;

/**
 * Parses JSON that may be hostile. Undefined when it is not JSON, or when it has so many values that the parsed form
 * could take all memory. Says nothing about why: the parser's messages quote the text, which may be a secret.
 */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  if (text.length > MAX_VALUES && countStructure(text) > MAX_VALUES) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** At least as many as there are values: the characters that begin or separate them, those inside texts included. */
function countStructure(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    // [ { , :
    if (c === 0x5b || c === 0x7b || c === 0x2c || c === 0x3a) count++;
  }
  return count;
}

/** The own properties of an object that is not an array; none of anything else. */
export function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

/** True for an object that is neither null nor an array. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Trimmed text of 1 to `max` characters under a key. */
export function shortText(value: unknown, key: string, max: number): string | undefined {
  const found = property(value, key);
  if (typeof found !== 'string' || found.length > max) return undefined;
  return found.trim() || undefined;
}
