/** A token of Python. Offsets count UTF-16 units. */
export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'operator' | 'newline' | 'indent' | 'dedent' | 'end';
  /** Of strings: the value; of others: as written. */
  readonly text: string;
  readonly pos: number;
  /** Of f-strings: constant parts and the source of the expressions between them. */
  readonly parts?: readonly StringPart[];
  readonly bytes?: boolean;
}

export interface StringPart {
  readonly text: string;
  readonly pos: number;
  /** The text is an expression. */
  readonly code: boolean;
}

const OPERATOR =
  /^(?:\*\*=|\/\/=|>>=|<<=|\.\.\.|->|:=|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|@=|==|!=|<=|>=|<<|>>|\*\*|\/\/|[-+*/%@&|^~<>()[\]{},:.;=])/;
const STRING = /^(?:[rRbBuUfFtT]{0,2})(?:"""|'''|"|')/;
const MAX_TOKENS = 400_000;

/** Splits Python into tokens. Lines are joined inside of brackets; comments are left out. It never fails. */
export function tokenize(text: string): readonly Token[] {
  return new Tokenizer(text).run();
}

class Tokenizer {
  private readonly out: Token[] = [];
  private readonly indents: number[] = [0];
  private readonly text: string;
  private pos = 0;
  private depth = 0;
  private lineStart = true;

  constructor(text: string) {
    this.text = text;
    if (text.startsWith('\ufeff')) this.pos = 1;
  }

  run(): readonly Token[] {
    while (this.pos < this.text.length && this.out.length < MAX_TOKENS) {
      if (this.lineStart && this.depth === 0 && !this.indentation()) continue;
      this.token();
    }
    this.push('newline', '', this.text.length);
    while (this.indents.length > 1) {
      this.indents.pop();
      this.push('dedent', '', this.text.length);
    }
    this.push('end', '', this.text.length);
    return this.out;
  }

  private push(kind: Token['kind'], text: string, pos: number): void {
    this.out.push({ kind, text, pos });
  }

  /** False for a line without code. */
  private indentation(): boolean {
    let width = 0;
    let at = this.pos;
    for (; ; at++) {
      const c = this.text[at];
      if (c === ' ') width++;
      else if (c === '\t') width += 8 - (width % 8);
      else if (c === '\f') width = 0;
      else break;
    }
    this.pos = at;
    const c = this.text[at];
    if (c === '#') {
      this.skipLine();
      return false;
    }
    if (c === '\n' || c === '\r') {
      this.pos++;
      return false;
    }
    if (c === undefined) return false;
    this.lineStart = false;
    if (width > this.indents.at(-1)!) {
      this.indents.push(width);
      this.push('indent', '', at);
    } else {
      while (width < this.indents.at(-1)!) {
        this.indents.pop();
        this.push('dedent', '', at);
      }
    }
    return true;
  }

  private skipLine(): void {
    const end = this.text.indexOf('\n', this.pos);
    this.pos = end < 0 ? this.text.length : end;
  }

  private token(): void {
    const c = this.text[this.pos]!;
    if (c === ' ' || c === '\t' || c === '\r' || c === '\f' || c === '\u00a0') {
      this.pos++;
      return;
    }
    if (c === '\n') {
      if (this.depth === 0) {
        this.push('newline', '', this.pos);
        this.lineStart = true;
      }
      this.pos++;
      return;
    }
    if (c === '#') {
      this.skipLine();
      return;
    }
    if (c === '\\') {
      this.pos += this.text[this.pos + 1] === '\r' ? 3 : this.text[this.pos + 1] === '\n' ? 2 : 1;
      return;
    }
    const ahead = this.text.slice(this.pos, this.pos + 6);
    const string = STRING.exec(ahead);
    if (string) {
      this.string(string[0]);
      return;
    }
    if (/[A-Za-z_\u0080-\uffff]/.test(c)) {
      this.name();
      return;
    }
    if (/\d/.test(c) || (c === '.' && /\d/.test(this.text[this.pos + 1] ?? ''))) {
      const match = /^(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|[\d_]*\.?[\d_]*(?:[eE][-+]?\d+)?)[jJ]?/.exec(
        this.text.slice(this.pos, this.pos + 200),
      );
      const text = match?.[0] || c;
      this.push('number', text, this.pos);
      this.pos += text.length;
      return;
    }
    const operator = OPERATOR.exec(ahead)?.[0];
    if (operator === undefined) {
      this.pos++;
      return;
    }
    if (/^[([{]$/.test(operator)) this.depth++;
    else if (/^[)\]}]$/.test(operator)) this.depth = Math.max(0, this.depth - 1);
    this.push('operator', operator, this.pos);
    this.pos += operator.length;
  }

  private name(): void {
    const start = this.pos;
    while (this.pos < this.text.length && /[\w\u0080-\uffff]/.test(this.text[this.pos]!)) this.pos++;
    const raw = this.text.slice(start, this.pos);
    // Names in other alphabets are the same as their plain letters: `ｅｖａｌ`.
    this.push('name', /[\u0080-\uffff]/.test(raw) ? raw.normalize('NFKC') : raw, start);
  }

  private string(open: string): void {
    const start = this.pos;
    const quote = open.endsWith('"""') ? '"""' : open.endsWith("'''") ? "'''" : open.at(-1)!;
    const prefix = open.slice(0, open.length - quote.length).toLowerCase();
    this.pos += open.length;
    const from = this.pos;
    while (this.pos < this.text.length) {
      const c = this.text[this.pos]!;
      if (c === '\\') this.pos += 2;
      else if (c === quote[0] && this.text.startsWith(quote, this.pos)) break;
      else if (c === '\n' && quote.length === 1) break;
      else this.pos++;
    }
    this.pos = Math.min(this.pos, this.text.length);
    const raw = this.text.slice(from, this.pos);
    if (this.text.startsWith(quote, this.pos)) this.pos += quote.length;
    const plain = prefix.includes('r');
    if (prefix.includes('f') || prefix.includes('t')) {
      this.out.push({ kind: 'string', text: '', pos: start, parts: formatParts(raw, from, plain) });
    } else
      this.out.push({ kind: 'string', text: plain ? raw : unescaped(raw), pos: start, bytes: prefix.includes('b') });
  }
}

/** The parts of an f-string. */
function formatParts(raw: string, base: number, plain: boolean): readonly StringPart[] {
  const out: StringPart[] = [];
  let text = '';
  let i = 0;
  const flush = (): void => {
    if (text !== '') out.push({ text: plain ? text : unescaped(text), pos: base + i, code: false });
    text = '';
  };
  while (i < raw.length) {
    const c = raw[i]!;
    if ((c === '{' || c === '}') && raw[i + 1] === c) {
      text += c;
      i += 2;
    } else if (c === '{') {
      flush();
      const end = endOfField(raw, i + 1);
      out.push({ text: raw.slice(i + 1, end.code), pos: base + i + 1, code: true });
      i = end.all + 1;
    } else {
      text += c;
      i++;
    }
  }
  flush();
  return out;
}

/** Where the expression of `{expression!r:format}` and the field end. */
function endOfField(raw: string, start: number): { readonly code: number; readonly all: number } {
  let depth = 0;
  let code = -1;
  let i = start;
  for (; i < raw.length; i++) {
    const c = raw[i]!;
    if (c === "'" || c === '"') {
      const close = raw.indexOf(c, i + 1);
      if (close > 0 && code < 0) i = close;
    } else if (c === '(' || c === '[' || c === '{') depth++;
    else if (c === '}' && depth === 0) break;
    else if (c === ')' || c === ']' || c === '}') depth--;
    else if (code < 0 && depth === 0 && (c === ':' || (c === '!' && raw[i + 1] !== '='))) code = i;
  }
  return { code: code < 0 ? i : code, all: i };
}

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

function unescaped(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|N\{([^}]{1,60})\}|([0-7]{1,3})|\r?(\n)|(.))/gs,
    (_, hex?: string, u4?: string, u8?: string, named?: string, octal?: string, line?: string, other?: string) => {
      const code = hex ?? u4 ?? u8;
      if (code !== undefined) {
        const point = Number.parseInt(code, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : '';
      }
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (named !== undefined || line !== undefined) return '';
      return SIMPLE[other!] ?? (other === '\\' || other === "'" || other === '"' ? other : `\\${other}`);
    },
  );
}
