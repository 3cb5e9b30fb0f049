/** A value of a JSON text with the place where it stands. */
export interface JsonNode {
  readonly start: number;
  /** The constant; undefined for lists and objects. */
  readonly value: string | number | boolean | null | undefined;
  readonly items: readonly JsonNode[] | undefined;
  readonly fields: ReadonlyMap<string, JsonNode> | undefined;
}

const MAX_DEPTH = 64;

/** A constant at a place. */
export function scalar(start: number, value: JsonNode['value']): JsonNode {
  return { start, value, items: undefined, fields: undefined };
}

/**
 * Reads JSON as people write it: comments, trailing commas, single quotes and bare keys are accepted, and a text that
 * breaks off gives what was read so far. `base` is added to all places. Linear in the length of the text.
 */
export function readJson(text: string, base = 0): JsonNode {
  return new JsonReader(text, base).value(0);
}

/** Reads one value of a longer text, and says where it ends. */
export function readJsonPart(text: string, base: number): { readonly node: JsonNode; readonly end: number } {
  const reader = new JsonReader(text, base);
  const node = reader.value(0);
  return { node, end: base + reader.at };
}

class JsonReader {
  at = 0;
  private readonly text: string;
  private readonly base: number;

  constructor(text: string, base: number) {
    this.text = text;
    this.base = base;
    if (text.startsWith('\ufeff')) this.at = 1;
  }

  value(depth: number): JsonNode {
    this.blanks();
    const start = this.at + this.base;
    const c = this.text[this.at];
    if (c === undefined) return scalar(start, undefined);
    if (c === '{' || c === '[') {
      if (depth >= MAX_DEPTH) {
        this.at = this.text.length;
        return scalar(start, undefined);
      }
      return c === '{' ? this.object(start, depth) : this.list(start, depth);
    }
    if (c === '"' || c === "'") return scalar(start, this.string(c));
    const word = this.word();
    if (word === '') this.at++;
    if (word === 'true' || word === 'false') return scalar(start, word === 'true');
    if (word === 'null') return scalar(start, null);
    const number = Number(word);
    return scalar(start, word === '' ? undefined : Number.isNaN(number) ? word : number);
  }

  private object(start: number, depth: number): JsonNode {
    const fields = new Map<string, JsonNode>();
    this.at++;
    for (;;) {
      this.blanks();
      const c = this.text[this.at];
      if (c === undefined) break;
      if (c === '}') {
        this.at++;
        break;
      }
      if (c === ',') {
        this.at++;
        continue;
      }
      const before = this.at;
      const key = c === '"' || c === "'" ? this.string(c) : this.word();
      this.blanks();
      if (this.text[this.at] === ':') {
        this.at++;
        fields.set(key, this.value(depth + 1));
      } else if (this.at === before) this.at++;
    }
    return { start, value: undefined, items: undefined, fields };
  }

  private list(start: number, depth: number): JsonNode {
    const items: JsonNode[] = [];
    this.at++;
    for (;;) {
      this.blanks();
      const c = this.text[this.at];
      if (c === undefined) break;
      if (c === ']') {
        this.at++;
        break;
      }
      if (c === ',') this.at++;
      else items.push(this.value(depth + 1));
    }
    return { start, value: undefined, items, fields: undefined };
  }

  private blanks(): void {
    for (;;) {
      const c = this.text[this.at];
      if (c === ' ' || c === '\n' || c === '\r' || c === '\t' || c === '\ufeff') this.at++;
      else if (c === '/' && this.text[this.at + 1] === '/') {
        const end = this.text.indexOf('\n', this.at);
        this.at = end < 0 ? this.text.length : end;
      } else if (c === '/' && this.text[this.at + 1] === '*') {
        const end = this.text.indexOf('*/', this.at + 2);
        this.at = end < 0 ? this.text.length : end + 2;
      } else return;
    }
  }

  private word(): string {
    const start = this.at;
    while (this.at < this.text.length && /[\w$+.\-@]/.test(this.text[this.at]!)) this.at++;
    return this.text.slice(start, this.at);
  }

  private string(quote: string): string {
    let out = '';
    let from = ++this.at;
    while (this.at < this.text.length && this.text[this.at] !== quote) {
      if (this.text[this.at] !== '\\') {
        this.at++;
        continue;
      }
      out += this.text.slice(from, this.at);
      const c = this.text[this.at + 1] ?? '';
      const unicode = c === 'u' ? /^[0-9a-fA-F]{4}/.exec(this.text.slice(this.at + 2, this.at + 6)) : null;
      out += unicode ? String.fromCharCode(Number.parseInt(unicode[0], 16)) : (ESCAPES[c] ?? c);
      this.at += unicode ? 6 : 2;
      from = this.at;
    }
    out += this.text.slice(from, this.at);
    this.at = Math.min(this.at + 1, this.text.length);
    return out;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '\n': '' };

/** A field of an object. */
export function field(node: JsonNode | undefined, ...path: readonly string[]): JsonNode | undefined {
  let at = node;
  for (const name of path) at = at?.fields?.get(name);
  return at;
}

/** The text of a node, when it is text. */
export function textOf(node: JsonNode | undefined): string | undefined {
  return typeof node?.value === 'string' ? node.value : undefined;
}
