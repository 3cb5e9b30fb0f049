import type { Json } from '../core/json.ts';
import { BARE_KEY, type Style } from './style.ts';
import { EditError } from './text-edits.ts';

/** A value nested deeper than this is refused, which also ends on a value that contains itself. */
const DEPTH_LIMIT = 500;

/** A list of scalars longer than this gets a line for each item. */
const LIST_WIDTH = 80;

/** @throws EditError when a value cannot be written as JSON5: a function, undefined, one that contains itself. */
export function assertJson(value: unknown, depth = 0): asserts value is Json {
  if (depth > DEPTH_LIMIT) throw new EditError(`the value is nested deeper than ${DEPTH_LIMIT} levels`);
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return;
  if (typeof value !== 'object') throw new EditError(`the value holds ${typeof value}, which JSON5 cannot write`);
  // `Array.from` shows the holes that the array methods skip.
  for (const child of Array.isArray(value) ? Array.from(value) : Object.values(value)) assertJson(child, depth + 1);
}

/** Writes a value: on one line, or with `indent` (that of the line it begins on) over several lines. */
export function printValue(value: Json, style: Style, indent: string | undefined): string {
  if (typeof value === 'string') return printString(value, style.stringQuote);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (value === null || typeof value === 'boolean') return String(value);
  const inner = indent === undefined ? undefined : indent + style.indentStep;
  if (isList(value)) {
    if (indent !== undefined && !style.itemPerLine && !value.some(isStructure)) {
      const line = printValue(value, style, undefined);
      if (line.length <= LIST_WIDTH) return line;
    }
    const items = value.map((item) => printValue(item, style, inner));
    return wrap('[', items, ']', style, style.arrayPadding, indent);
  }
  const members = Object.entries(value).map(([key, child]) => printMember(key, child, style, inner));
  return wrap('{', members, '}', style, style.objectPadding, indent);
}

/** Writes a member of an object: key, colon and value. */
export function printMember(key: string, value: Json, style: Style, indent: string | undefined): string {
  const name = style.bareKeys && BARE_KEY.test(key) ? key : printString(key, style.keyQuote);
  return name + style.colon + printValue(value, style, indent);
}

function wrap(
  open: string,
  parts: readonly string[],
  close: string,
  style: Style,
  padding: string,
  indent: string | undefined,
): string {
  if (parts.length === 0) return open + close;
  if (indent === undefined) return open + padding + parts.join(style.comma) + padding + close;
  const line = style.lineBreak + indent;
  const last = style.trailingComma ? ',' : '';
  return `${open}${line}${style.indentStep}${parts.join(`,${line}${style.indentStep}`)}${last}${line}${close}`;
}

function printString(value: string, quote: string): string {
  // JSON leaves the two line separators as they are; json5 warns about them inside a string.
  const json = JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  if (quote === '"') return json;
  const body = json.slice(1, -1).replaceAll(/\\.|'/g, (part) => (part === '\\"' ? '"' : part === "'" ? "\\'" : part));
  return `'${body}'`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isStructure(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}
