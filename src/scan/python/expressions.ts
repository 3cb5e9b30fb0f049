import type { Argument, Expression, Parameter } from './syntax.ts';
import { type Token, tokenize } from './tokens.ts';

const MAX_DEPTH = 70;
const MAX_CHAIN = 300;
/** Names that end an expression. */
const KEYWORDS = new Set([
  'if',
  'else',
  'for',
  'in',
  'is',
  'and',
  'or',
  'as',
  'import',
  'from',
  'async',
  'while',
  'elif',
  'with',
  'class',
  'def',
  'return',
]);

/** Operators by rank, loosest first. */
const RANKS: readonly (readonly string[])[] = [
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '//', '%', '@'],
];

/** Reads the expressions of a list of tokens. */
export class Expressions {
  protected at = 0;
  private readonly tokens: readonly Token[];
  private depth = 0;

  constructor(tokens: readonly Token[], depth = 0) {
    this.tokens = tokens;
    this.depth = depth;
  }

  protected peek(ahead = 0): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)]!;
  }

  protected next(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  /** Takes an operator or a word when it is next. */
  protected accept(text: string): boolean {
    const token = this.peek();
    if (token.text !== text || (token.kind !== 'operator' && token.kind !== 'name')) return false;
    this.at++;
    return true;
  }

  protected skipLine(): void {
    while (this.peek().kind !== 'newline' && this.peek().kind !== 'end' && this.peek().kind !== 'dedent') this.at++;
  }

  protected skipLineUpTo(mark: string): void {
    while (this.peek().kind !== 'newline' && this.peek().kind !== 'end' && this.peek().text !== mark) this.at++;
  }

  protected skipBrackets(): void {
    let depth = 0;
    while (this.peek().kind !== 'end') {
      const token = this.next();
      if (token.kind !== 'operator') continue;
      if (/^[([{]$/.test(token.text)) depth++;
      else if (/^[)\]}]$/.test(token.text) && --depth <= 0) return;
    }
  }

  private unknown(): Expression {
    return { type: 'other', pos: this.peek().pos, inner: [] };
  }

  /** `a, b`: a list when there is a comma. */
  protected expressionList(): Expression {
    const pos = this.peek().pos;
    const first = this.starred();
    if (this.peek().text !== ',' || this.peek().kind !== 'operator') return first;
    const items = [first];
    while (this.accept(',')) {
      const token = this.peek();
      if (
        token.kind === 'newline' ||
        token.kind === 'end' ||
        (token.kind === 'operator' && /^(?:[)\]}:;]|=)$/.test(token.text))
      )
        break;
      items.push(this.starred());
    }
    return { type: 'list', pos, items };
  }

  private starred(): Expression {
    if (this.peek().kind === 'operator' && (this.peek().text === '*' || this.peek().text === '**')) this.at++;
    return this.expression();
  }

  /** The targets of `for`. */
  protected targetList(): Expression {
    const pos = this.peek().pos;
    const items = [this.target()];
    while (this.accept(',')) {
      if (this.peek().text === 'in') break;
      items.push(this.target());
    }
    return items.length === 1 ? items[0]! : { type: 'list', pos, items };
  }

  protected target(): Expression {
    if (this.peek().text === '*') this.at++;
    return this.postfix(this.atom());
  }

  /** One expression without a comma. */
  expression(): Expression {
    if (this.depth >= MAX_DEPTH) {
      this.skipDeep();
      return this.unknown();
    }
    this.depth++;
    const out = this.conditional();
    this.depth--;
    return out;
  }

  /** Leaves out what is nested too deep. */
  private skipDeep(): void {
    const token = this.peek();
    if (token.kind === 'operator' && /^[([{]$/.test(token.text)) this.skipBrackets();
    else if (token.kind !== 'newline' && token.kind !== 'end') this.at++;
  }

  private conditional(): Expression {
    const pos = this.peek().pos;
    if (this.peek().kind === 'name') {
      if (this.peek().text === 'lambda') return this.lambda();
      if (this.peek().text === 'yield') {
        this.at++;
        this.accept('from');
        return { type: 'other', pos, inner: [this.expressionList()] };
      }
    }
    const first = this.either();
    if (this.peek().kind === 'operator' && this.peek().text === ':=') {
      this.at++;
      return { type: 'assign', pos, target: first, value: this.expression() };
    }
    if (this.peek().kind !== 'name' || this.peek().text !== 'if' || this.insideLoop()) return first;
    this.at++;
    const test = this.either();
    const other = this.accept('else') ? this.expression() : undefined;
    return { type: 'either', pos, options: other ? [first, other] : [first], tests: [test] };
  }

  private filters = 0;

  /** In the tests of a comprehension `if` starts the next test. */
  private insideLoop(): boolean {
    return this.filters > 0 && this.depth <= this.filters;
  }

  private lambda(): Expression {
    const pos = this.next().pos;
    const parameters = this.parameters(':');
    return { type: 'lambda', pos, parameters, body: this.expression() };
  }

  /** Up to the closing mark, which is taken. */
  protected parameters(end: ')' | ':'): Parameter[] {
    const out: Parameter[] = [];
    while (this.peek().kind !== 'end' && !this.accept(end)) {
      const before = this.at;
      let star = '';
      if (this.peek().text === '*' || this.peek().text === '**') star = this.next().text;
      if (this.peek().kind === 'name') {
        const name = this.next().text;
        if (end === ')' && this.accept(':')) this.expression();
        out.push({ name, initial: this.accept('=') ? this.expression() : undefined, star });
      }
      this.accept(',');
      this.accept('/');
      if (this.at === before) {
        if (this.peek().kind === 'newline') return out;
        this.at++;
      }
    }
    return out;
  }

  /** `a or b and c`, comparisons. */
  private either(): Expression {
    const pos = this.peek().pos;
    const options = [this.comparison()];
    const tests: Expression[] = [];
    for (;;) {
      const word = this.peek();
      if (word.kind !== 'name' || (word.text !== 'or' && word.text !== 'and')) break;
      this.at++;
      if (word.text === 'and') tests.push(options.pop()!);
      options.push(this.comparison());
    }
    return options.length === 1 && tests.length === 0 ? options[0]! : { type: 'either', pos, options, tests };
  }

  private comparison(): Expression {
    const pos = this.peek().pos;
    let negated = false;
    while (this.peek().kind === 'name' && this.peek().text === 'not') {
      this.at++;
      negated = true;
    }
    const inner = [this.operation(0)];
    for (;;) {
      const token = this.peek();
      if (token.kind === 'operator' && /^(?:==|!=|<=|>=|<|>)$/.test(token.text)) this.at++;
      else if (token.kind === 'name' && (token.text === 'in' || token.text === 'is')) {
        this.at++;
        if (this.peek().text === 'not' && this.peek().kind === 'name') this.at++;
      } else if (token.kind === 'name' && token.text === 'not' && this.peek(1).text === 'in') this.at += 2;
      else break;
      inner.push(this.operation(0));
    }
    return inner.length === 1 && !negated ? inner[0]! : { type: 'other', pos, inner };
  }

  private operation(rank: number): Expression {
    const symbols = RANKS[rank];
    if (!symbols) return this.unary();
    const pos = this.peek().pos;
    const first = this.operation(rank + 1);
    if (this.peek().kind !== 'operator' || !symbols.includes(this.peek().text)) return first;
    const operands = [first];
    const operators: string[] = [];
    while (this.peek().kind === 'operator' && symbols.includes(this.peek().text)) {
      operators.push(this.next().text);
      operands.push(this.operation(rank + 1));
    }
    return { type: 'operation', pos, operators, operands };
  }

  private unary(): Expression {
    const pos = this.peek().pos;
    let sign = '';
    while (this.peek().kind === 'operator' && /^[-+~]$/.test(this.peek().text)) sign = this.next().text;
    while (this.peek().kind === 'name' && this.peek().text === 'await') this.at++;
    const value = this.postfix(this.atom());
    if (this.peek().kind === 'operator' && this.peek().text === '**') {
      this.at++;
      if (this.depth < MAX_DEPTH) {
        this.depth++;
        const power = this.unary();
        this.depth--;
        return { type: 'operation', pos, operators: ['**'], operands: [value, power] };
      }
    }
    if (sign === '-' && value.type === 'constant' && typeof value.value === 'number')
      return { ...value, value: -value.value };
    return value;
  }

  protected postfix(first: Expression): Expression {
    let out = first;
    for (let i = 0; ; i++) {
      const token = this.peek();
      if (token.kind !== 'operator') return out;
      if (i > MAX_CHAIN) {
        if (!/^[.([]$/.test(token.text)) return out;
        if (token.text === '.') this.at++;
        else this.skipBrackets();
        continue;
      }
      if (token.text === '.') {
        this.at++;
        const name = this.peek();
        if (name.kind !== 'name') return out;
        this.at++;
        out = { type: 'attribute', pos: name.pos, object: out, name: name.text };
      } else if (token.text === '(') {
        this.at++;
        out = { type: 'call', pos: out.pos, callee: out, args: this.nested(() => this.callArguments()) ?? [] };
      } else if (token.text === '[') {
        this.at++;
        out = {
          type: 'index',
          pos: token.pos,
          object: out,
          index: this.nested(() => this.subscript()) ?? this.unknown(),
        };
      } else return out;
    }
  }

  private nested<T>(read: () => T): T | undefined {
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

  /** Behind the opening bracket; takes the closing one. */
  protected callArguments(): readonly Argument[] {
    const out: Argument[] = [];
    while (this.peek().kind !== 'end' && !this.accept(')')) {
      const before = this.at;
      let name: string | undefined;
      if (this.peek().kind === 'operator' && (this.peek().text === '*' || this.peek().text === '**'))
        name = this.next().text;
      else if (this.peek().kind === 'name' && this.peek(1).text === '=' && this.peek(1).kind === 'operator') {
        name = this.next().text;
        this.at++;
      }
      const value = this.withLoops(this.expression());
      out.push({ name, value });
      this.accept(',');
      if (this.at === before) this.at++;
      if (this.peek().kind === 'newline' || this.peek().kind === 'dedent') return out;
    }
    return out;
  }

  private subscript(): Expression {
    const pos = this.peek().pos;
    const items: Expression[] = [];
    while (this.peek().kind !== 'end' && !this.accept(']')) {
      const before = this.at;
      const parts: (Expression | undefined)[] = [this.peek().text === ':' ? undefined : this.starred()];
      while (this.accept(':')) parts.push(/^(?:[:\],])$/.test(this.peek().text) ? undefined : this.expression());
      items.push(parts.length > 1 ? { type: 'slice', pos, parts } : (parts[0] ?? this.unknown()));
      this.accept(',');
      if (this.at === before) this.at++;
      if (this.peek().kind === 'newline' || this.peek().kind === 'dedent') break;
    }
    return items.length === 1 ? items[0]! : { type: 'list', pos, items };
  }

  private atom(): Expression {
    const token = this.peek();
    const pos = token.pos;
    switch (token.kind) {
      case 'string':
        return this.strings();
      case 'number': {
        this.at++;
        return { type: 'constant', pos, value: Number(token.text.replaceAll('_', '')), bytes: false };
      }
      case 'name': {
        if (KEYWORDS.has(token.text)) return this.unknown();
        this.at++;
        if (token.text === 'True' || token.text === 'False')
          return { type: 'constant', pos, value: token.text === 'True', bytes: false };
        if (token.text === 'None') return { type: 'constant', pos, value: null, bytes: false };
        return { type: 'name', pos, name: token.text };
      }
      case 'operator':
        if (token.text === '(' || token.text === '[' || token.text === '{') {
          this.at++;
          return (
            this.nested(() =>
              token.text === '{' ? this.braces(pos) : this.brackets(pos, token.text === '(' ? ')' : ']'),
            ) ?? this.unknown()
          );
        }
        if (token.text === '...') this.at++;
        return this.unknown();
      default:
        return this.unknown();
    }
  }

  private strings(): Expression {
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
        else
          parts.push(shifted(new Expressions(tokenize(`(${part.text})`), this.depth + 1).expression(), part.pos - 1));
      }
    }
    if (parts.length === 1 && parts[0]!.type === 'constant') return parts[0]!;
    return { type: 'format', pos, parts };
  }

  private brackets(pos: number, end: ')' | ']'): Expression {
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

  private braces(pos: number): Expression {
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
  private withLoops(element: Expression, key?: Expression): Expression {
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
