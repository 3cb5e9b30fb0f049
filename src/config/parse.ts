import { isKeyPart, isKeyStart } from './identifier.ts';
import * as message from './parse-messages.ts';
import type { Member, ParseResult, Span, SyntaxNode, SyntaxProblem } from './syntax.ts';
import { skipTrivia } from './trivia.ts';

/**
 * Parses JSON5: accepts what json5 2.2.3 accepts, with the same values, and reports an error at the character where
 * json5 does. Takes linear time and no call stack, however deep the text is nested. Never throws.
 */
export function parseJson5(text: string): ParseResult {
  return new Parser(text).parse();
}

/** A container while its members are read; its `end` is known when it closes. */
type Container =
  | { readonly kind: 'object'; readonly start: number; end: number; readonly members: Member[] }
  | { readonly kind: 'array'; readonly start: number; end: number; readonly items: SyntaxNode[] };

/** Thrown inside the parser only. Not an Error: nobody reads its stack. */
class Stop {
  readonly problem: SyntaxProblem;
  constructor(problem: SyntaxProblem) {
    this.problem = problem;
  }
}

/** What a backslash and a letter stand for. */
const ESCAPES = new Map([
  [0x62, '\b'],
  [0x66, '\f'],
  [0x6e, '\n'],
  [0x72, '\r'],
  [0x74, '\t'],
  [0x76, '\v'],
]);

const END = -1;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const COMMA = 0x2c;
const POINT = 0x2e;
const SLASH = 0x2f;
const ZERO = 0x30;
const BACKSLASH = 0x5c;

class Parser {
  private readonly text: string;
  private at = 0;
  private root: SyntaxNode | undefined;
  private readonly comments: Span[] = [];
  /** The containers around the place that is read, innermost last. */
  private readonly open: Container[] = [];
  /** The key that waits for its value. */
  private key = '';
  private keySpan: Span = { start: 0, end: 0 };

  constructor(text: string) {
    this.text = text;
  }

  parse(): ParseResult {
    try {
      this.document();
      return { root: this.root, comments: this.comments };
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop;
      for (const container of this.open) container.end = stop.problem.offset;
      return { root: this.root, comments: this.comments, problem: stop.problem };
    }
  }

  private document(): void {
    const { open } = this;
    for (;;) {
      let c = this.next();
      const parent = open[open.length - 1];
      if (parent && c === (parent.kind === 'object' ? 0x7d : 0x5d)) this.close(parent);
      else {
        if (parent?.kind === 'object') {
          this.memberKey(c);
          c = this.next();
        }
        if (c === 0x7b || c === 0x5b) {
          this.openContainer(c === 0x7b);
          continue;
        }
        this.put(this.scalar(c));
      }
      if (!this.afterValue()) return;
    }
  }

  /** Steps over a comma, or over closing brackets up to a comma. False when the text is at its end. */
  private afterValue(): boolean {
    for (;;) {
      const c = this.next();
      const parent = this.open[this.open.length - 1];
      if (!parent) {
        if (c === END) return false;
        return this.fail(message.AFTER_ROOT);
      }
      if (c === COMMA) {
        this.at++;
        return true;
      }
      if (c !== (parent.kind === 'object' ? 0x7d : 0x5d)) {
        return this.fail(parent.kind === 'object' ? message.AFTER_MEMBER : message.AFTER_ITEM);
      }
      this.close(parent);
    }
  }

  private openContainer(isObject: boolean): void {
    const start = this.at++;
    const node: Container = isObject
      ? { kind: 'object', start, end: start, members: [] }
      : { kind: 'array', start, end: start, items: [] };
    this.put(node);
    this.open.push(node);
  }

  private close(container: Container): void {
    container.end = ++this.at;
    this.open.pop();
  }

  private put(node: SyntaxNode): void {
    const parent = this.open[this.open.length - 1];
    if (!parent) this.root = node;
    else if (parent.kind === 'array') parent.items.push(node);
    else parent.members.push({ key: this.key, keySpan: this.keySpan, value: node });
  }

  /** Steps over white space and comments; the character code that follows, or `END`. */
  private next(): number {
    const { text } = this;
    let c = this.code();
    if (c > 0x2f && c < 0x7f) return c;
    this.at = skipTrivia(text, this.at, this.comments);
    c = this.code();
    if (c !== SLASH) return c;
    const start = this.at++;
    if (text.charCodeAt(this.at) !== 0x2a) return this.fail(message.COMMENT_START);
    this.at = text.length;
    return this.fail(message.openComment(text, start));
  }

  private code(): number {
    return this.at < this.text.length ? this.text.charCodeAt(this.at) : END;
  }

  private memberKey(c: number): void {
    const start = this.at;
    this.key = c === QUOTE || c === APOSTROPHE ? this.string(c) : this.identifier();
    this.keySpan = { start, end: this.at };
    if (this.next() !== 0x3a) this.fail(message.AFTER_KEY);
    this.at++;
    // The value, not another token, is what the caller reads next.
  }

  private identifier(): string {
    const { text } = this;
    const start = this.at;
    let key = '';
    let from = start;
    for (;;) {
      const c = text.codePointAt(this.at);
      if (c === BACKSLASH) {
        key += text.slice(from, this.at);
        key += this.identifierEscape(this.at > start);
        from = this.at;
      } else if (c !== undefined && (this.at > start ? isKeyPart(c) : isKeyStart(c))) this.at += c > 0xffff ? 2 : 1;
      else if (this.at > start) return from === start ? text.slice(start, this.at) : key + text.slice(from, this.at);
      else return this.fail(message.KEY);
    }
  }

  private identifierEscape(inside: boolean): string {
    const start = this.at++;
    if (this.code() !== 0x75) return this.fail(message.KEY_ESCAPE);
    this.at++;
    const code = this.hexDigits(4);
    if (inside ? isKeyPart(code) : isKeyStart(code)) return String.fromCharCode(code);
    this.at = start;
    return this.fail(message.KEY_ESCAPE_CHARACTER);
  }

  private scalar(c: number): SyntaxNode {
    const start = this.at;
    if (c === QUOTE || c === APOSTROPHE) {
      const value = this.string(c);
      return { kind: 'string', start, end: this.at, value };
    }
    if (c === 0x74 || c === 0x66) {
      const value = c === 0x74;
      this.word(value ? 'true' : 'false');
      return { kind: 'boolean', start, end: this.at, value };
    }
    if (c === 0x6e) {
      this.word('null');
      return { kind: 'null', start, end: this.at, value: null };
    }
    const value = this.number(c);
    return { kind: 'number', start, end: this.at, value };
  }

  private word(word: string): void {
    const { text } = this;
    if (text.startsWith(word, this.at)) {
      this.at += word.length;
      return;
    }
    for (let i = 0; text[this.at] === word[i]; i++) this.at++;
    this.fail(message.WORD);
  }

  private number(first: number): number {
    let c = first;
    if (c === 0x2b || c === 0x2d) {
      this.at++;
      c = this.code();
    }
    return first === 0x2d ? -this.unsigned(c, true) : this.unsigned(c, first === 0x2b);
  }

  private unsigned(first: number, signed: boolean): number {
    const start = this.at;
    if (isDigit(first)) {
      this.at++;
      if (first !== ZERO) this.digits();
      else if ((this.code() | 0x20) === 0x78) {
        this.at++;
        if (!isHexDigit(this.code())) return this.fail(message.HEX_NUMBER);
        do this.at++;
        while (isHexDigit(this.code()));
        return Number(this.text.slice(start, this.at));
      }
      if (this.code() === POINT) {
        this.at++;
        this.digits();
      }
    } else if (first === POINT) {
      this.at++;
      if (!isDigit(this.code())) return this.fail(message.DIGIT);
      this.digits();
    } else if (first === 0x49) {
      this.word('Infinity');
      return Number.POSITIVE_INFINITY;
    } else if (first === 0x4e) {
      this.word('NaN');
      return Number.NaN;
    } else return this.fail(signed ? message.DIGIT : message.VALUE);
    if ((this.code() | 0x20) === 0x65) {
      this.at++;
      if (this.code() === 0x2b || this.code() === 0x2d) this.at++;
      if (!isDigit(this.code())) return this.fail(message.EXPONENT);
      this.digits();
    }
    return Number(this.text.slice(start, this.at));
  }

  private digits(): void {
    while (isDigit(this.code())) this.at++;
  }

  private string(quote: number): string {
    const { text } = this;
    let value = '';
    let from = this.at + 1;
    for (let at = from; at < text.length; at++) {
      const c = text.charCodeAt(at);
      if (c === quote) {
        this.at = at + 1;
        return value === '' ? text.slice(from, at) : value + text.slice(from, at);
      }
      if (c === BACKSLASH) {
        value += text.slice(from, at);
        this.at = at + 1;
        value += this.escape();
        from = this.at;
        at = from - 1;
      } else if (c === 0x0a || c === 0x0d) {
        this.at = at;
        return this.fail(message.STRING_LINE);
      }
    }
    this.at = text.length;
    return this.fail(message.STRING_END);
  }

  /** What the escape after a backslash stands for; a line end stands for nothing. */
  private escape(): string {
    const { text } = this;
    const c = this.code();
    if (c === END) return this.fail(message.STRING_END);
    if (c === 0x78 || c === 0x75) {
      this.at++;
      return String.fromCharCode(this.hexDigits(c === 0x78 ? 2 : 4));
    }
    if (c > ZERO && isDigit(c)) return this.fail(message.DIGIT_ESCAPE);
    const start = this.at++;
    if (c === ZERO) {
      if (isDigit(this.code())) return this.fail(message.ZERO_ESCAPE);
      return '\0';
    }
    if (c === 0x0d && this.code() === 0x0a) this.at++;
    if (c === 0x0a || c === 0x0d || c === 0x2028 || c === 0x2029) return '';
    // A character beyond the BMP follows as its two halves, one of them here and the other as plain text.
    return ESCAPES.get(c) ?? text[start]!;
  }

  private hexDigits(count: number): number {
    const start = this.at;
    for (let i = 0; i < count; i++) {
      if (!isHexDigit(this.code())) return this.fail(count === 2 ? message.BYTE_ESCAPE : message.UNIT_ESCAPE);
      this.at++;
    }
    return Number.parseInt(this.text.slice(start, this.at), 16);
  }

  /** Stops at the current place. */
  private fail(expectation: message.Expectation): never {
    const innermost = this.open[this.open.length - 1];
    throw new Stop({ offset: this.at, message: message.problemMessage(this.text, this.at, expectation, innermost) });
  }
}

function isDigit(c: number): boolean {
  return c >= ZERO && c <= 0x39;
}

function isHexDigit(c: number): boolean {
  return (c >= ZERO && c <= 0x39) || (c >= 0x61 && c <= 0x66) || (c >= 0x41 && c <= 0x46);
}
