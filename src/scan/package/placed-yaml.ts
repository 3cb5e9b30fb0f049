import { type JsonNode, readJsonPart, scalar } from './placed-json.ts';

/** The block between `---` lines at the top of a Markdown file. */
export interface FrontMatter {
  readonly root: JsonNode;
  /** Where the text after the block starts; 0 when there is no block. */
  readonly end: number;
}

interface Line {
  readonly indent: number;
  readonly text: string;
  readonly start: number;
}

const MAX_DEPTH = 24;

/**
 * Reads the front matter of a Markdown file: the part of YAML that skills use (mappings, lists, quoted and block texts)
 * and JSON as a value. What is not understood is left out; it never throws.
 */
export function readFrontMatter(text: string): FrontMatter {
  const none: FrontMatter = { root: { start: 0, value: undefined, items: undefined, fields: new Map() }, end: 0 };
  const head = /^\ufeff?---[ \t]*\r?\n/.exec(text.slice(0, 40));
  if (!head) return none;
  const lines: Line[] = [];
  let at = head[0].length;
  for (;;) {
    if (at >= text.length) return none;
    const stop = text.indexOf('\n', at);
    const end = stop < 0 ? text.length : stop;
    const raw = text.slice(at, end).replace(/\r$/, '');
    if (/^(?:---|\.\.\.)[ \t]*$/.test(raw)) {
      const reader = new YamlReader(text, lines, end);
      return { root: reader.block(0, 0), end: Math.min(end + 1, text.length) };
    }
    const body = raw.trimStart();
    lines.push({ indent: raw.length - body.length, text: body, start: at + raw.length - body.length });
    at = end + 1;
  }
}

class YamlReader {
  private at = 0;
  private readonly source: string;
  private readonly lines: readonly Line[];
  private readonly limit: number;

  constructor(source: string, lines: readonly Line[], limit: number) {
    this.source = source;
    this.lines = lines;
    this.limit = limit;
  }

  /** A mapping, a list or a text whose lines stand at `indent` or deeper. */
  block(indent: number, depth: number): JsonNode {
    this.skipBlank();
    const first = this.lines[this.at];
    if (!first || first.indent < indent || depth > MAX_DEPTH) {
      if (first && depth > MAX_DEPTH) this.at = this.lines.length;
      return scalar(first?.start ?? this.limit, undefined);
    }
    if (/^[{["']/.test(first.text) && !KEY.test(first.text)) return this.flow(first.start);
    return /^-(?:\s|$)/.test(first.text) ? this.list(first.indent, depth) : this.mapping(first.indent, depth);
  }

  private skipBlank(): void {
    while (
      this.at < this.lines.length &&
      (this.lines[this.at]!.text === '' || this.lines[this.at]!.text.startsWith('#'))
    )
      this.at++;
  }

  private mapping(indent: number, depth: number, inline?: Line): JsonNode {
    const fields = new Map<string, JsonNode>();
    const start = (inline ?? this.lines[this.at])!.start;
    let line = inline;
    for (;;) {
      if (!line) {
        this.skipBlank();
        line = this.lines[this.at];
        if (!line || line.indent !== indent || /^-(?:\s|$)/.test(line.text)) {
          if (line && line.indent > indent) {
            this.at++;
            line = undefined;
            continue;
          }
          break;
        }
      }
      const key = KEY.exec(line.text);
      this.at++;
      if (key)
        fields.set((key[1] ?? key[2] ?? key[3] ?? '').trim(), this.valueAfter(line, key[0].length, indent, depth));
      line = undefined;
    }
    return { start, value: undefined, items: undefined, fields };
  }

  private list(indent: number, depth: number): JsonNode {
    const items: JsonNode[] = [];
    const start = this.lines[this.at]!.start;
    for (;;) {
      this.skipBlank();
      const line = this.lines[this.at];
      if (!line || line.indent !== indent || !/^-(?:\s|$)/.test(line.text)) break;
      const skip = /^-\s*/.exec(line.text)![0].length;
      const inner: Line = { indent: line.indent + skip, text: line.text.slice(skip), start: line.start + skip };
      if (inner.text !== '' && KEY.test(inner.text) && depth < MAX_DEPTH)
        items.push(this.mapping(inner.indent, depth + 1, inner));
      else {
        this.at++;
        items.push(this.valueAfter(inner, 0, indent, depth));
      }
    }
    return { start, value: undefined, items, fields: undefined };
  }

  /** What follows a key or a dash; `at` is already behind its line. */
  private valueAfter(line: Line, from: number, indent: number, depth: number): JsonNode {
    const rest = line.text.slice(from).trim();
    const start = line.start + from;
    if (rest === '' || rest.startsWith('#')) {
      this.skipBlank();
      const next = this.lines[this.at];
      // A list may stand at the indent of its key.
      if (next && (next.indent > indent || (next.indent === indent && /^-(?:\s|$)/.test(next.text) && from > 0)))
        return this.block(next.indent, depth + 1);
      return scalar(start, undefined);
    }
    if (/^[|>][-+\d]*(?:\s+#.*)?$/.test(rest)) return this.blockText(start, indent);
    if (/^[{["']/.test(rest)) return this.flow(line.start + from + line.text.slice(from).indexOf(rest[0]!));
    const plain = rest.replace(/\s+#.*$/, '');
    if (plain === 'true' || plain === 'false') return scalar(start, plain === 'true');
    return scalar(start, this.continued(plain, indent));
  }

  /** A plain text goes on over deeper lines. */
  private continued(first: string, indent: number): string {
    const parts = [first];
    while (this.at < this.lines.length) {
      const line = this.lines[this.at]!;
      if (line.text === '' || line.indent <= indent) break;
      parts.push(line.text);
      this.at++;
    }
    return parts.join(' ');
  }

  private blockText(start: number, indent: number): JsonNode {
    const parts: string[] = [];
    let place = start;
    while (this.at < this.lines.length) {
      const line = this.lines[this.at]!;
      if (line.text !== '' && line.indent <= indent) break;
      if (parts.length === 0) place = line.start;
      parts.push(line.text);
      this.at++;
    }
    return scalar(place, parts.join('\n'));
  }

  /** JSON, or a quoted text, that may go over several lines. */
  private flow(start: number): JsonNode {
    const { node, end } = readJsonPart(this.source.slice(start, this.limit), start);
    while (this.at < this.lines.length && this.lines[this.at]!.start < end) this.at++;
    return node;
  }
}

const KEY = /^(?:"([^"]{0,200})"|'([^']{0,200})'|([A-Za-z_][\w .\-/]{0,200}?))\s*:(?=\s|$)\s*/;
