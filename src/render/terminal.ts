/** What the text output may do on this terminal. */
export interface TerminalOptions {
  /** Width in columns. */
  readonly columns: number;
  readonly color: boolean;
}

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'blue' | 'green' | 'inverse';

const CODES: Record<Style, readonly [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  blue: [34, 39],
  green: [32, 39],
  inverse: [7, 27],
};

/** Wraps text in ANSI styles, or returns it as it is without colour. Never the only signal: the words say it too. */
export function styler(color: boolean): (text: string, ...styles: Style[]) => string {
  if (!color) return (text) => text;
  return (text, ...styles) => styles.reduce((out, s) => `\u001b[${CODES[s][0]}m${out}\u001b[${CODES[s][1]}m`, text);
}

// East Asian wide and emoji blocks; enough to keep columns straight, not a full table.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns a text takes on a terminal; the text must not hold escape sequences. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) {
    if (/\p{Mn}|\p{Me}/u.test(char)) continue;
    width += WIDE.test(char) ? 2 : 1;
  }
  return width;
}

/**
 * Breaks text into lines of at most `width` columns at spaces. A word that is longer than a line is put on its own line
 * whole: commands and paths must stay copyable.
 */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of splitWords(text)) {
    if (line === '') line = word;
    else if (displayWidth(line) + 1 + displayWidth(word) <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Words; a stretch in backticks counts as one, so that a command can be copied in one piece. */
function splitWords(text: string): string[] {
  return text.match(/`[^`]{1,200}`\S*|\S+/g) ?? [];
}
