/** Line and column of offsets in a text; both 1-based, columns in UTF-16 units. */
export interface LineIndex {
  /** Number of lines; a text that ends with a line end has an empty last line. */
  readonly lineCount: number;
  /** Place of an offset; one outside the text counts as the nearest inside. */
  position(offset: number): { readonly line: number; readonly column: number };
  /** Offset of the first character of a line; the length of the text for a line after the last. */
  offset(line: number): number;
  /** A line without its end; empty for a line outside the text. */
  lineText(line: number): string;
}

/** Indexes the lines of a text; `\n`, `\r\n` and `\r` end a line. The text is searched on first use. */
export function lineIndex(text: string): LineIndex {
  let found: readonly number[] | undefined;
  const starts = (): readonly number[] => {
    found ??= lineStarts(text);
    return found;
  };
  const offset = (line: number): number => (line < 1 ? 0 : (starts()[line - 1] ?? text.length));
  return {
    get lineCount() {
      return starts().length;
    },
    position(wanted) {
      const at = Math.min(Math.max(wanted, 0), text.length);
      const all = starts();
      let low = 0;
      let high = all.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (all[middle]! <= at) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: at - all[low]! + 1 };
    },
    offset,
    lineText(line) {
      if (line < 1) return '';
      const start = offset(line);
      let end = offset(line + 1);
      if (end > start && text.charCodeAt(end - 1) === 0x0a) end--;
      if (end > start && text.charCodeAt(end - 1) === 0x0d) end--;
      return text.slice(start, end);
    },
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  if (text.includes('\r')) {
    for (const m of text.matchAll(/\r\n?|\n/g)) starts.push(m.index + m[0].length);
  } else {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  }
  return starts;
}
