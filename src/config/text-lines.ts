import type { Span } from './syntax.ts';
import { commentEnd, skipTrivia } from './trivia.ts';

/** True when a line of the text ends between the two offsets. */
export function hasLineBreak(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const c = text.charCodeAt(at);
    if (c === 0x0a || c === 0x0d) return true;
  }
  return false;
}

/** The line end at an offset: `\n`, `\r\n`, `\r`, or nothing. */
export function lineBreakAt(text: string, at: number): string {
  if (text[at] === '\n') return '\n';
  if (text[at] !== '\r') return '';
  return text[at + 1] === '\n' ? '\r\n' : '\r';
}

/** The line end used next to an offset: the last before it, else the first after it, else `\n`. */
export function lineBreakNear(text: string, at: number): string {
  let found = lineStart(text, at) - 1;
  if (found < 0) found = text.slice(at).search(/[\n\r]/) + at;
  if (text[found] === '\n' && text[found - 1] === '\r') return '\r\n';
  return (found >= 0 && lineBreakAt(text, found)) || '\n';
}

/** Offset of the first character of the line that holds the offset. */
export function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start;
}

/** The blanks and tabs that the line of the offset begins with. */
export function indentation(text: string, at: number): string {
  const start = lineStart(text, at);
  return text.slice(start, skipBlanks(text, start));
}

/** True when only blanks and tabs stand before the offset on its line. */
export function beginsLine(text: string, at: number): boolean {
  let before = at - 1;
  while (text[before] === ' ' || text[before] === '\t') before--;
  return before < 0 || text[before] === '\n' || text[before] === '\r';
}

/** Steps over blanks and tabs. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** The comments that follow on the same line. */
interface LineRemark {
  /** End of the last of them, or where the search began. */
  readonly end: number;
  /** True when the last of them ends where its line ends, so that nothing can follow it there. */
  readonly closesLine: boolean;
}

/** Finds the comments that begin on the line of `from` with nothing but blanks between. */
export function remarkAfter(text: string, from: number): LineRemark {
  let remark: LineRemark = { end: from, closesLine: false };
  for (;;) {
    const start = skipBlanks(text, remark.end);
    const end = text[start] === '/' ? commentEnd(text, start) : undefined;
    if (end === undefined) return remark;
    remark = { end, closesLine: text[start + 1] === '/' };
    if (remark.closesLine) return remark;
  }
}

/** True when white space is all that stands between two offsets. */
export function isBlank(text: string, from: number, to: number): boolean {
  const comments: Span[] = [];
  return skipTrivia(text, from, comments) >= to && comments.length === 0;
}
