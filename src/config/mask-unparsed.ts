import type { ParseResult, SyntaxNode } from './syntax.ts';

/** Longest escape sequence before the character that makes it wrong: `\u12`. */
const ESCAPE_LENGTH = 5;
/** What was read of `tru`, `-Infin`, `1.5e` or a comment's `/` before the character that does not belong there. */
const WORD_BEFORE = /[\w.+/-]*$/;
const WORD_LENGTH = 10;

/** Asterisks for everything but line ends and the backslash that continues a string on the next line. */
export function stars(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029\\]|\\(?![\r\n\u2028\u2029])/g, '*');
}

/** A text in two parts: what was parsed, and what is known of the rest without showing it. */
export interface Parsed {
  readonly known: string;
  /**
   * From the place on where the text stops being JSON5, or from the unfinished word, string or comment before it.
   * Everything but the offending character is hidden, positions stay, and the two parts together break off at the same
   * place for the same reason.
   */
  readonly rest: string;
}

/** Splits a text where it stops being JSON5: behind that nobody knows what is a secret. */
export function hideUnparsed(text: string, parsed: ParseResult): Parsed {
  const { problem } = parsed;
  if (!problem) return { known: text, rest: '' };
  const { offset } = problem;
  const { start, content } = unfinishedPart(text, parsed, offset);
  const backslash = text.lastIndexOf('\\', offset);
  const kept = backslash >= content && offset - backslash <= ESCAPE_LENGTH ? backslash : offset;
  const offending = String.fromCodePoint(text.codePointAt(offset) ?? 0x20).length;
  const next = Math.min(text.length, offset + offending);
  return {
    known: text.slice(0, start),
    rest:
      text.slice(start, content) + stars(text.slice(content, kept)) + text.slice(kept, next) + stars(text.slice(next)),
  };
}

/** What is still open at the offset: a string or comment with its delimiter, or the word that ends there. */
function unfinishedPart(
  text: string,
  { root, comments }: ParseResult,
  offset: number,
): { readonly start: number; readonly content: number } {
  const commentEnds = new Map(comments.map((c) => [c.start, c.end]));
  let at = root ? lastTokenEnd(root, offset) : 0;
  while (at < offset) {
    const commentEnd = commentEnds.get(at);
    const c = text[at]!;
    if (commentEnd !== undefined) at = commentEnd;
    else if (c === '"' || c === "'") {
      const end = stringEnd(text, at, offset);
      if (end === undefined) return { start: at, content: at + 1 };
      at = end;
    } else if (text.startsWith('/*', at)) return { start: at, content: at + 2 };
    else at++;
  }
  const word = WORD_BEFORE.exec(text.slice(Math.max(0, offset - WORD_LENGTH), offset))?.[0].length ?? 0;
  return { start: offset - word, content: offset };
}

/** The end of the last key or plain value that was read whole. */
function lastTokenEnd(root: SyntaxNode, offset: number): number {
  let last = 0;
  const open: SyntaxNode[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'object')
      for (const m of node.members) {
        last = Math.max(last, m.keySpan.end);
        open.push(m.value);
      }
    else if (node.kind === 'array') for (const item of node.items) open.push(item);
    if ((node.kind !== 'object' && node.kind !== 'array') || node.end < offset) last = Math.max(last, node.end);
  }
  return Math.min(last, offset);
}

function stringEnd(text: string, start: number, limit: number): number | undefined {
  for (let at = start + 1; at < limit; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[start]) return at + 1;
  }
  return undefined;
}
