import type { Span } from './syntax.ts';

const LINE_COMMENT_END = /[\n\r\u2028\u2029]/g;

/**
 * Steps over white space and comments and returns the offset of what follows, at most the length of the text. Stops at
 * the `/` of a comment that is not closed, and of a `/` that begins none. Comments are added to `comments`.
 */
export function skipTrivia(text: string, from: number, comments?: Span[]): number {
  let at = from;
  while (at < text.length) {
    const c = text.charCodeAt(at);
    if (c === 0x20 || c === 0x0a || c === 0x0d) at++;
    else if (c === 0x2f) {
      const end = commentEnd(text, at);
      if (end === undefined) return at;
      comments?.push({ start: at, end });
      at = end;
    } else if (isSpace(c)) at++;
    else return at;
  }
  return at;
}

/** The end of the comment that begins at a `/`; undefined when none does, or when it is not closed. */
export function commentEnd(text: string, start: number): number | undefined {
  const c = text.charCodeAt(start + 1);
  if (c === 0x2f) {
    LINE_COMMENT_END.lastIndex = start + 2;
    return LINE_COMMENT_END.exec(text)?.index ?? text.length;
  }
  if (c !== 0x2a) return undefined;
  const close = text.indexOf('*/', start + 2);
  return close === -1 ? undefined : close + 2;
}

/** White space of json5 2.2.3; it knows fewer characters than the Unicode class Zs and counts the byte order mark. */
function isSpace(c: number): boolean {
  if (c < 0x80) return c === 0x20 || (c >= 0x09 && c <= 0x0d);
  return (
    c === 0xa0 ||
    c === 0xfeff ||
    c === 0x2028 ||
    c === 0x2029 ||
    c === 0x1680 ||
    (c >= 0x2000 && c <= 0x200a) ||
    c === 0x202f ||
    c === 0x205f ||
    c === 0x3000
  );
}
