import type { StringValue, Value } from '../value.ts';
import type { SchemaConst, SchemaNode, SchemaType } from './table.ts';

// Beyond this length a pattern is not tried: some of OpenClaw's are quadratic, and the text may be an attacker's.
const PATTERN_TEXT_LIMIT = 1024;

/** True when the value is of (one of) the type(s). An infinite number is none to OpenClaw. */
export function hasType(type: SchemaType | readonly SchemaType[], value: Value): boolean {
  if (typeof type !== 'string') return type.some((t) => hasType(t, value));
  if (type === 'integer') return value.kind === 'number' && Number.isInteger(value.value);
  if (type === 'number') return value.kind === 'number' && Number.isFinite(value.value);
  return value.kind === type;
}

/** The kind of value that a constant is. */
export function kindOfConst(word: SchemaConst): Value['kind'] {
  return word === null ? 'null' : (typeof word as 'string' | 'number' | 'boolean');
}

/**
 * True when what the string says cannot be told: a `${NAME}` in it is not known here. That it is a string is certain
 * all the same, for a variable can hold nothing else.
 */
export function isOpaque(value: Value): boolean {
  return (
    value.kind === 'string' && !!value.template && value.template.unset.length + value.template.withheld.length > 0
  );
}

/** True when the value is one of the words. */
export function isListed(words: readonly SchemaConst[], value: Value): boolean {
  if (value.kind === 'object' || value.kind === 'array') return false;
  if (isOpaque(value)) return words.some((word) => typeof word === 'string');
  return words.includes(value.value);
}

/** True when a string keeps the length, pattern and format of a node, as far as that can be told. */
export function stringFits(node: SchemaNode, value: StringValue): boolean {
  if (isOpaque(value)) return true;
  const text = value.value;
  if (node.minLength !== undefined && text.length < node.minLength) return false;
  // A character outside the BMP counts twice or once, depending on which of OpenClaw's validators looks.
  if (node.maxLength !== undefined && text.length > node.maxLength && Array.from(text).length > node.maxLength)
    return false;
  // A secret may have been masked when the snapshot was written; its length stays, its characters do not.
  if (value.secret) return true;
  return matchesPattern(node.pattern, text) && (node.format === undefined || mayBeUrl(text));
}

/** True when a number keeps the bounds of a node. */
export function numberFits(node: SchemaNode, n: number): boolean {
  return (
    !(node.min !== undefined && n < node.min) &&
    !(node.max !== undefined && n > node.max) &&
    !(node.above !== undefined && n <= node.above) &&
    !(node.below !== undefined && n >= node.below)
  );
}

/** True when a key looks as the map wants its keys. */
export function nameFits(names: SchemaNode, key: string): boolean {
  if (names.enum) return names.enum.includes(key);
  if (names.minLength !== undefined && key.length < names.minLength) return false;
  if (names.maxLength !== undefined && key.length > names.maxLength) return false;
  return matchesPattern(names.pattern, key);
}

const compiled = new Map<string, RegExp>();

function matchesPattern(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined || text.length > PATTERN_TEXT_LIMIT) return true;
  let regex = compiled.get(pattern);
  if (!regex) {
    regex = new RegExp(pattern, pattern.includes('\\p{') ? 'u' : '');
    compiled.set(pattern, regex);
  }
  return regex.test(text);
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
// Schemes whose URL needs a host, by the URL standard.
const HOST_NEEDED = /^(?:https?|wss?|ftp):/i;
const HOST = /^[a-z]+:[\\/]*[^\\/?#\s]/i;

// It errs on the side of true: OpenClaw parses the whole, here only a scheme and, for schemes of the web, something in
// the place of a host are asked for.
function mayBeUrl(text: string): boolean {
  const trimmed = text.trim();
  return SCHEME.test(trimmed) && (!HOST_NEEDED.test(trimmed) || HOST.test(trimmed));
}
