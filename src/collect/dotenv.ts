/** One assignment of a dotenv file. */
export interface DotenvEntry {
  readonly name: string;
  readonly value: string;
  /** 1-based line of the name. */
  readonly line: number;
}

const SPACE = /\s/;
const NAME_CHARACTER = /[\w.-]/;
const LINE_END = /[\n\u2028\u2029]/;

/**
 * The assignments of a dotenv file in the order written, as the package `dotenv` 17 reads them (what OpenClaw 2026.3.7
 * uses): `export`, `=` and `: `, the three quotes over several lines, `\n` and `\r` in double quotes, `#` after an
 * unquoted value. Of two assignments to one name the last counts. What cannot be read is left out, as dotenv does.
 *
 * That package matches a regular expression which takes quadratic time on long runs of blank lines; this scanner finds
 * the same assignments in linear time.
 */
export function parseDotenv(text: string): DotenvEntry[] {
  const source = text.replace(/\r\n?/g, '\n');
  const entries: DotenvEntry[] = [];
  let line = 1;
  let counted = 0;
  for (let at = 0; at < source.length; ) {
    const start = skipSpace(source, at);
    const found = readAssignment(source, start);
    if (found) {
      for (; counted < found.nameAt; counted++) if (source[counted] === '\n') line++;
      entries.push({ name: found.name, value: found.value, line });
    }
    at = afterLineEnd(source, found?.end ?? start);
  }
  return entries;
}

interface Assignment {
  readonly name: string;
  readonly nameAt: number;
  readonly value: string;
  /** Where the value ends; what follows on its line is a comment. */
  readonly end: number;
}

function readAssignment(source: string, start: number): Assignment | undefined {
  if (source.startsWith('export', start)) {
    const afterWord = start + 'export'.length;
    const nameAt = skipSpace(source, afterWord);
    const exported = nameAt > afterWord ? readNameAndValue(source, nameAt) : undefined;
    if (exported) return exported;
  }
  return readNameAndValue(source, start);
}

function readNameAndValue(source: string, nameAt: number): Assignment | undefined {
  const nameEnd = skipWhile(source, nameAt, NAME_CHARACTER);
  if (nameEnd === nameAt) return undefined;
  const valueAt = afterSeparator(source, nameEnd);
  if (valueAt === undefined) return undefined;
  const name = source.slice(nameAt, nameEnd);
  const quoteAt = skipSpace(source, valueAt);
  const quoteEnd = endOfQuoted(source, quoteAt);
  const end = quoteEnd ?? endOfPlain(source, valueAt);
  const raw = source.slice(quoteEnd === undefined ? valueAt : quoteAt, end).trim();
  return { name, nameAt, value: unquote(raw), end };
}

/** Blanks, even line ends, may stand before `=`; `:` comes right after the name and takes one blank. */
function afterSeparator(source: string, nameEnd: number): number | undefined {
  if (source[nameEnd] === ':') return isSpace(source, nameEnd + 1) ? nameEnd + 2 : undefined;
  const at = skipSpace(source, nameEnd);
  return source[at] === '=' ? at + 1 : undefined;
}

/**
 * The end of a quoted value, after which only blanks and a comment may stand on the line. The closing quote is the first
 * that no backslash precedes; when that one does not fit, the last one before it that has a backslash.
 */
function endOfQuoted(source: string, quoteAt: number): number | undefined {
  const quote = source[quoteAt];
  if (quote !== '"' && quote !== "'" && quote !== '`') return undefined;
  const escaped: number[] = [];
  for (let at = source.indexOf(quote, quoteAt + 1); at !== -1; at = source.indexOf(quote, at + 1)) {
    const isEscaped = source[at - 1] === '\\' && at - 1 > quoteAt;
    if (isEscaped) escaped.push(at);
    else if (endsLine(source, at + 1)) return at + 1;
    else break;
  }
  const fitting = escaped.reverse().find((at) => endsLine(source, at + 1));
  return fitting === undefined ? undefined : fitting + 1;
}

function endsLine(source: string, at: number): boolean {
  for (let i = at; i < source.length; i++) {
    const c = source[i]!;
    if (c === '#' || LINE_END.test(c)) return true;
    if (!SPACE.test(c)) return false;
  }
  return true;
}

function endOfPlain(source: string, at: number): number {
  let end = at;
  while (end < source.length && source[end] !== '#' && source[end] !== '\n') end++;
  return end;
}

function unquote(value: string): string {
  const quote = value[0];
  const quoted = value.length >= 2 && (quote === '"' || quote === "'" || quote === '`') && value.endsWith(quote);
  const inner = quoted ? value.slice(1, -1) : value;
  return quote === '"' ? inner.replace(/\\n/g, '\n').replace(/\\r/g, '\r') : inner;
}

function skipSpace(source: string, at: number): number {
  return skipWhile(source, at, SPACE);
}

function skipWhile(source: string, at: number, kind: RegExp): number {
  let end = at;
  while (end < source.length && kind.test(source[end]!)) end++;
  return end;
}

function isSpace(source: string, at: number): boolean {
  return at < source.length && SPACE.test(source[at]!);
}

function afterLineEnd(source: string, at: number): number {
  let end = at;
  while (end < source.length && !LINE_END.test(source[end]!)) end++;
  return end + 1;
}
