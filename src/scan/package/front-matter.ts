import type { ScriptParser } from '../types.ts';
import { readLoose } from './loose-data.ts';

const MAX_LINES = 400;

/**
 * The front matter of a SKILL.md, as far as declarations need it: nested maps, lists and scalars by indentation, and
 * JSON where a value starts with a bracket. Undefined without front matter.
 */
export function readFrontMatter(text: string, parser: ScriptParser): unknown {
  const match = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text.slice(0, 64_000));
  if (!match) return undefined;
  const lines = match[1]!
    .split(/\r?\n/)
    .slice(0, MAX_LINES)
    .filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  return new Outline(lines, parser).block(0);
}

class Outline {
  private readonly lines: readonly string[];
  private readonly parser: ScriptParser;
  private at = 0;

  constructor(lines: readonly string[], parser: ScriptParser) {
    this.lines = lines;
    this.parser = parser;
  }

  /** The map or list whose lines are indented by at least `indent`. */
  block(indent: number): unknown {
    const map = new Map<string, unknown>();
    const list: unknown[] = [];
    const own = indentOf(this.lines[this.at] ?? '');
    if (own < indent || own > 40) return undefined;
    while (this.at < this.lines.length) {
      const line = this.lines[this.at]!;
      const depth = indentOf(line);
      if (depth < own) break;
      this.at++;
      if (depth > own) continue;
      const item = /^\s*-\s+(.*)$/.exec(line);
      const pair = /^\s*(?:"([^"]+)"|'([^']+)'|([\w.-]+))\s*:(?:\s+(.*))?$/.exec(line);
      if (item) list.push(this.value(item[1]!, own));
      else if (pair) map.set(pair[1] ?? pair[2] ?? pair[3]!, this.value(pair[4] ?? '', own));
    }
    return map.size > 0 ? Object.fromEntries(map) : list;
  }

  private value(text: string, indent: number): unknown {
    const trimmed = text.trim();
    if (/^[[{]/.test(trimmed)) return readLoose(trimmed, this.parser) ?? this.spanning(trimmed, indent);
    if (trimmed === '' || trimmed === '|' || trimmed === '>') {
      const first = this.lines[this.at]?.trim() ?? '';
      return /^[[{]/.test(first) && indentOf(this.lines[this.at]!) > indent
        ? this.spanning('', indent)
        : this.block(indent + 1);
    }
    const quoted = /^(["'])(.*)\1$/.exec(trimmed);
    return quoted ? quoted[2] : trimmed === 'true' ? true : trimmed.replace(/\s+#.*$/, '');
  }

  /** JSON over several lines: up to the first line that is indented no further and closes nothing. */
  private spanning(start: string, indent: number): unknown {
    let text = start;
    while (this.at < this.lines.length) {
      const line = this.lines[this.at]!;
      if (indentOf(line) <= indent && !/^\s*[\]}]/.test(line)) break;
      text += `\n${line}`;
      this.at++;
    }
    return readLoose(text, this.parser);
  }
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)![0].length;
}
