import type { Expression } from './syntax.ts';
import { TokenReader } from './token-reader.ts';

const MAX_DEPTH = 70;

/** Reads texts, lists, dictionaries and comprehensions. */
export abstract class Displays extends TokenReader {
  abstract expression(): Expression;

  protected abstract starred(): Expression;

  protected abstract targetList(): Expression;

  /** An expression inside of a text. */
  protected abstract inner(text: string): Expression;

  protected filters = 0;

  /** In the tests of a comprehension `if` starts the next test. */
  protected insideLoop(): boolean {
    return this.filters > 0 && this.depth <= this.filters;
  }

  protected nested<T>(read: () => T): T | undefined {
    if (this.depth >= MAX_DEPTH) {
      this.at--;
      this.skipBrackets();
      return undefined;
    }
    this.depth++;
    const out = read();
    this.depth--;
    return out;
  }

  protected strings(): Expression {
    const pos = this.peek().pos;
    const parts: Expression[] = [];
    while (this.peek().kind === 'string') {
      const token = this.next();
      if (!token.parts) {
        parts.push({ type: 'constant', pos: token.pos, value: token.text, bytes: token.bytes === true });
        continue;
      }
      for (const part of token.parts) {
        if (!part.code) parts.push({ type: 'constant', pos: part.pos, value: part.text, bytes: false });
        else if (this.depth >= MAX_DEPTH) parts.push(this.unknown());
        else parts.push(shifted(this.inner(part.text), part.pos - 1));
      }
    }
    if (parts.length === 1 && parts[0]!.type === 'constant') return parts[0]!;
    return { type: 'format', pos, parts };
  }

  protected brackets(pos: number, end: ')' | ']'): Expression {
    const items: Expression[] = [];
    let comma = false;
    while (this.peek().kind !== 'end' && !this.accept(end)) {
      const before = this.at;
      const item = this.withLoops(this.starred());
      items.push(item);
      if (this.accept(',')) comma = true;
      if (this.at === before) this.at++;
      if (this.peek().kind === 'newline' || this.peek().kind === 'dedent') break;
    }
    if (end === ')' && items.length === 1 && !comma) return items[0]!;
    if (items.length === 1 && items[0]!.type === 'comprehension' && !comma) return items[0]!;
    return { type: 'list', pos, items };
  }

  protected braces(pos: number): Expression {
    const entries: { key: Expression | undefined; value: Expression }[] = [];
    const items: Expression[] = [];
    while (this.peek().kind !== 'end' && !this.accept('}')) {
      const before = this.at;
      if (this.accept('**')) entries.push({ key: undefined, value: this.expression() });
      else {
        const key = this.starred();
        if (this.accept(':')) {
          const value = this.withLoops(this.expression(), key);
          if (value.type === 'comprehension') items.push(value);
          else entries.push({ key, value });
        } else items.push(this.withLoops(key));
      }
      this.accept(',');
      if (this.at === before) this.at++;
      if (this.peek().kind === 'newline' || this.peek().kind === 'dedent') break;
    }
    if (items.length === 1 && entries.length === 0 && items[0]!.type === 'comprehension') return items[0]!;
    return items.length > 0 && entries.length === 0 ? { type: 'list', pos, items } : { type: 'dict', pos, entries };
  }

  /** `… for x in y if z`. */
  protected withLoops(element: Expression, key?: Expression): Expression {
    const loops: { target: Expression; iterable: Expression }[] = [];
    const tests: Expression[] = [];
    const before = this.filters;
    this.filters = this.depth + 1;
    while (this.peek().kind === 'name') {
      const word = this.peek().text;
      if (word === 'async' && this.peek(1).text === 'for') this.at++;
      else if (word === 'for') {
        this.at++;
        const target = this.targetList();
        this.accept('in');
        loops.push({ target, iterable: this.expression() });
      } else if (word === 'if' && loops.length > 0) {
        this.at++;
        tests.push(this.expression());
      } else break;
    }
    this.filters = before;
    return loops.length === 0 ? element : { type: 'comprehension', pos: element.pos, element, key, loops, tests };
  }
}

/** The same expression as part of a longer text. */
function shifted(expression: Expression, by: number): Expression {
  const move = (value: unknown, depth: number): unknown => {
    if (Array.isArray(value)) return value.map((v) => move(v, depth + 1));
    if (typeof value !== 'object' || value === null || depth > 400) return value;
    const out: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value))
      out[key] = key === 'pos' ? (inner as number) + by : move(inner, depth + 1);
    return out;
  };
  return move(expression, 0) as Expression;
}
