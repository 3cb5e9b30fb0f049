import { Expressions } from './expressions.ts';
import type { Argument, Expression, Statement } from './syntax.ts';
import { type Token, tokenize } from './tokens.ts';

/** Reads Python; what makes no sense is skipped to the end of its line. Linear in the length of the text. */
export function parsePython(text: string): readonly Statement[] {
  return new Statements(tokenize(text)).all();
}

const MAX_BLOCKS = 60;

class Statements extends Expressions {
  private blocks = 0;

  constructor(tokens: readonly Token[]) {
    super(tokens);
  }

  all(): readonly Statement[] {
    const out: Statement[] = [];
    while (this.peek().kind !== 'end') this.statement(out);
    return out;
  }

  private statement(out: Statement[]): void {
    const before = this.at;
    const token = this.peek();
    if (token.kind === 'newline' || token.kind === 'indent' || token.kind === 'dedent') {
      this.at++;
      return;
    }
    if (token.kind === 'name') this.compound(token, out);
    else this.simpleLine(out);
    if (this.at === before) this.at++;
  }

  private compound(token: Token, out: Statement[]): void {
    switch (token.text) {
      case 'if':
      case 'while':
      case 'try':
        this.branches(out);
        return;
      case 'for':
        this.loop(out);
        return;
      case 'with':
        this.with(out);
        return;
      case 'def':
        this.define(out, []);
        return;
      case 'class':
        this.classDefinition(out, []);
        return;
      case 'async':
        this.at++;
        return;
      case 'match':
        if (this.startsMatch()) {
          this.branches(out);
          return;
        }
        break;
      case 'elif':
      case 'else':
      case 'except':
      case 'finally':
      case 'case':
        if (token.text !== 'case' || this.peek(1).text !== '=') {
          this.branches(out);
          return;
        }
        break;
    }
    this.simpleLine(out);
  }

  /** `match` is a word like any other, unless a block follows. */
  private startsMatch(): boolean {
    for (let i = 1; i < 60; i++) {
      const token = this.peek(i);
      if (token.kind === 'newline' || token.kind === 'end') return this.peek(i - 1).text === ':' && i > 2;
    }
    return false;
  }

  private branches(out: Statement[]): void {
    const pos = this.peek().pos;
    const tests: Expression[] = [];
    const bodies: (readonly Statement[])[] = [];
    do {
      this.at++;
      if (this.peek().text === '*') this.at++;
      if (this.peek().text !== ':') tests.push(this.expressionList());
      if (this.accept('as')) this.at++;
      if (this.accept('if')) tests.push(this.expression());
      bodies.push(this.body());
      while (this.peek().kind === 'newline') this.at++;
    } while (/^(?:elif|else|except|finally)$/.test(this.peek().text) && this.peek().kind === 'name');
    out.push({ type: 'branches', pos, tests, bodies });
  }

  private loop(out: Statement[]): void {
    const pos = this.peek().pos;
    this.at++;
    const target = this.targetList();
    this.accept('in');
    const iterable = this.expressionList();
    out.push({ type: 'loop', pos, target, iterable, body: this.body() });
  }

  private with(out: Statement[]): void {
    const pos = this.peek().pos;
    this.at++;
    const items: { value: Expression; target: Expression | undefined }[] = [];
    const bracket = this.peek().text === '(' && this.bracketHolds('as');
    if (bracket) this.at++;
    do {
      if (this.peek().text === ')' || this.peek().text === ':') break;
      const value = this.expression();
      items.push({ value, target: this.accept('as') ? this.target() : undefined });
    } while (this.accept(','));
    if (bracket) this.accept(')');
    out.push({ type: 'with', pos, items, body: this.body() });
  }

  private bracketHolds(word: string): boolean {
    let depth = 0;
    for (let i = 0; i < 300; i++) {
      const token = this.peek(i);
      if (token.kind === 'end' || token.kind === 'newline') return false;
      if (token.kind === 'operator' && /^[([{]$/.test(token.text)) depth++;
      else if (token.kind === 'operator' && /^[)\]}]$/.test(token.text) && --depth === 0) return false;
      else if (depth === 1 && token.kind === 'name' && token.text === word) return true;
    }
    return false;
  }

  private define(out: Statement[], decorators: readonly Expression[]): void {
    const pos = this.peek().pos;
    this.at++;
    const name = this.peek().kind === 'name' ? this.next().text : '';
    if (this.peek().text === '[') this.skipBrackets();
    const parameters = this.accept('(') ? this.parameters(')') : [];
    if (this.accept('->')) this.expression();
    out.push({ type: 'function', pos, name, parameters, decorators, body: this.body() });
  }

  private classDefinition(out: Statement[], decorators: readonly Expression[]): void {
    const pos = this.peek().pos;
    this.at++;
    const name = this.peek().kind === 'name' ? this.next().text : '';
    if (this.peek().text === '[') this.skipBrackets();
    const bases: readonly Argument[] = this.accept('(') ? this.callArguments() : [];
    out.push({ type: 'class', pos, name, bases, decorators, body: this.body() });
  }

  /** `: …` on the same line, or an indented block. */
  private body(): readonly Statement[] {
    const out: Statement[] = [];
    if (!this.accept(':')) {
      this.skipLine();
      if (this.peek(1).kind !== 'indent') return out;
    }
    if (this.peek().kind !== 'newline') {
      this.simpleLine(out);
      return out;
    }
    while (this.peek().kind === 'newline') this.at++;
    if (this.peek().kind !== 'indent') return out;
    this.at++;
    if (++this.blocks > MAX_BLOCKS) {
      // Deeper blocks are not followed; their lines are read as if they stood here.
      this.blocks--;
      return out;
    }
    while (this.peek().kind !== 'dedent' && this.peek().kind !== 'end') this.statement(out);
    if (this.peek().kind === 'dedent') this.at++;
    this.blocks--;
    return out;
  }

  /** Statements joined by `;` up to the end of the line. */
  private simpleLine(out: Statement[]): void {
    for (;;) {
      this.simple(out);
      if (!this.accept(';')) break;
      if (this.peek().kind === 'newline') break;
    }
    this.skipLine();
  }

  private simple(out: Statement[]): void {
    const token = this.peek();
    if (token.kind === 'newline' || token.kind === 'end' || token.kind === 'dedent') return;
    if (token.text === '@' && token.kind === 'operator') {
      this.decorated(out);
      return;
    }
    if (token.kind === 'name') {
      switch (token.text) {
        case 'import':
          this.import(out);
          return;
        case 'from':
          this.importFrom(out);
          return;
        case 'return':
        case 'raise':
        case 'assert':
        case 'del': {
          this.at++;
          const value = this.peek().kind === 'newline' ? undefined : this.expressionList();
          if (token.text === 'return') out.push({ type: 'return', pos: token.pos, value });
          else if (value)
            out.push({ type: 'expression', pos: token.pos, value: { type: 'other', pos: token.pos, inner: [value] } });
          return;
        }
        case 'pass':
        case 'break':
        case 'continue':
        case 'global':
        case 'nonlocal':
          this.skipLineUpTo(';');
          return;
        case 'async':
          this.at++;
          return;
      }
    }
    this.assignment(out);
  }

  private decorated(out: Statement[]): void {
    const decorators: Expression[] = [];
    while (this.accept('@')) {
      decorators.push(this.expression());
      this.skipLine();
      while (this.peek().kind === 'newline') this.at++;
    }
    if (this.peek().text === 'async') this.at++;
    if (this.peek().text === 'def') this.define(out, decorators);
    else if (this.peek().text === 'class') this.classDefinition(out, decorators);
  }

  private assignment(out: Statement[]): void {
    const pos = this.peek().pos;
    const first = this.expressionList();
    const operator = this.peek().text;
    const isOperator = this.peek().kind === 'operator';
    if (isOperator && operator === ':') {
      // An annotation.
      this.at++;
      this.expression();
      if (!this.accept('=')) return;
      out.push({ type: 'assign', pos, targets: [first], value: this.expressionList(), operator: '=' });
      return;
    }
    if (isOperator && operator.length > 1 && operator.endsWith('=') && !/^[=!<>]=$/.test(operator)) {
      this.at++;
      out.push({ type: 'assign', pos, targets: [first], value: this.expressionList(), operator });
      return;
    }
    if (!isOperator || operator !== '=') {
      out.push({ type: 'expression', pos, value: first });
      return;
    }
    const chain = [first];
    while (this.accept('=')) chain.push(this.expressionList());
    out.push({ type: 'assign', pos, targets: chain.slice(0, -1), value: chain.at(-1)!, operator: '=' });
  }

  private dotted(): string {
    let out = '';
    while (this.peek().text === '.' || this.peek().text === '...') out += this.next().text;
    while (this.peek().kind === 'name' && this.peek().text !== 'import') {
      out += this.next().text;
      if (this.peek().text !== '.') break;
      out += this.next().text;
    }
    return out;
  }

  private import(out: Statement[]): void {
    this.at++;
    do {
      const pos = this.peek().pos;
      const module = this.dotted();
      const alias = this.accept('as') ? this.next().text : '';
      if (module !== '') out.push({ type: 'import', pos, module, name: undefined, alias });
    } while (this.accept(','));
  }

  private importFrom(out: Statement[]): void {
    this.at++;
    const module = this.dotted();
    if (!this.accept('import')) return;
    const bracket = this.accept('(');
    do {
      const token = this.peek();
      if (token.text === ')' || (token.kind !== 'name' && token.text !== '*')) break;
      this.at++;
      const alias = this.accept('as') ? this.next().text : '';
      out.push({ type: 'import', pos: token.pos, module, name: token.text, alias: alias || token.text });
    } while (this.accept(','));
    if (bracket) this.accept(')');
  }
}
