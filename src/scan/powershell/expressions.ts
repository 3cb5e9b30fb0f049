import { constant, NEVER, OPEN, stringsOf } from '../flow/value.ts';
import { callMethod, callStatic, cast, readMember } from './dotnet.ts';
import { Literals } from './literals.ts';
import { binary, indexed, isOperator, unaryOperator } from './operators.ts';
import type { Runner } from './runner.ts';
import { either, list, type PsValue, plain, UNKNOWN } from './value.ts';

const MAX_NESTING = 60;

/** Reads expressions. */
export abstract class Expressions extends Literals {
  protected abstract readonly self: Runner;

  protected abstract command(input: PsValue | undefined): PsValue;

  assign(raw: string, value: PsValue, joins: boolean): void {
    const name = raw.toLowerCase().replace(/^(?:global|script|local|private):/, '');
    const before = this.session.variables.get(name);
    this.session.variables.set(name, joins && before ? either(value, before) : value);
  }

  /** Operators have one rank; what matters here is what flows together. */
  expression(lists: boolean): PsValue {
    let left = this.operand(lists);
    for (;;) {
      this.blanks();
      const operator = isOperator(this.text, this.pos);
      if (!operator || this.spent) return left;
      const at = this.pos;
      this.pos += operator.length;
      this.blanksAndLines();
      left = binary(this.session, operator.toLowerCase(), left, this.operand(lists), at);
    }
  }

  protected operand(lists: boolean): PsValue {
    const first = this.unary();
    if (!lists) return first;
    this.blanks();
    if (this.text[this.pos] !== ',') return first;
    const items = [first];
    while (this.text[this.pos] === ',' && !this.spent) {
      this.pos++;
      this.blanksAndLines();
      items.push(this.unary());
      this.blanks();
    }
    return list(items);
  }

  protected unary(): PsValue {
    this.blanks();
    this.session.steps++;
    if (++this.nesting > MAX_NESTING) this.pos = this.text.length;
    try {
      const operator = unaryOperator(this.text, this.pos);
      if (operator) {
        const at = this.pos;
        this.pos += operator.length;
        const value = this.unary();
        return operator.toLowerCase() === '-join'
          ? binary(this.session, '-join', value, plain(constant('')), at)
          : value;
      }
      const type = this.text[this.pos] === '[' ? this.typeLiteral() : undefined;
      if (type !== undefined) {
        this.blanks();
        if (this.text.startsWith('::', this.pos)) return this.postfix({ value: { ...NEVER, apis: [`type:${type}`] } });
        if (/[$'"@([{\d-]/.test(this.text[this.pos] ?? '')) {
          const at = this.pos;
          return cast(this.self, type, this.unary(), at);
        }
        return this.postfix({ value: { ...NEVER, apis: [`type:${type}`] } });
      }
      return this.postfix(this.primary());
    } finally {
      this.nesting--;
    }
  }

  protected postfix(first: PsValue): PsValue {
    let value = first;
    while (!this.spent) {
      const c = this.text[this.pos]!;
      const member = /^(?:\?)?(\.|::)\s*(?:([\w]{1,100})|(?=["'$(]))/.exec(this.text.slice(this.pos, this.pos + 110));
      if (member && (c === '.' || c === ':' || c === '?')) {
        const at = this.pos;
        this.pos += member[0].length;
        let name = member[2];
        if (name === undefined) name = stringsOf(this.primary().value)[0] ?? '';
        name = name.replace(/`/g, '').toLowerCase();
        if (this.text[this.pos] === '(') {
          this.pos++;
          const args = this.callArguments();
          value =
            member[1] === '::'
              ? callStatic(this.self, value, name, args, at)
              : callMethod(this.self, value, name, args, at);
        } else value = readMember(this.self, value, name, at);
      } else if (c === '[') {
        this.pos++;
        const index = this.expression(true);
        this.blanksAndLines();
        if (this.text[this.pos] === ']') this.pos++;
        value = indexed(value, index);
      } else return value;
    }
    return value;
  }

  protected callArguments(): PsValue[] {
    const out: PsValue[] = [];
    while (!this.spent) {
      this.blanksAndLines();
      const c = this.text[this.pos];
      if (c === undefined || c === '}') return out;
      if (c === ')') {
        this.pos++;
        return out;
      }
      if (c === ',') {
        this.pos++;
        continue;
      }
      const before = this.pos;
      out.push(this.expression(false));
      if (this.pos === before) this.pos++;
    }
    return out;
  }

  protected primary(): PsValue {
    const c = this.text[this.pos] ?? '';
    const at = this.pos;
    if (c === "'" || c === '\u2018' || c === '\u2019') return this.single();
    if (c === '"' || c === '\u201c') return this.double('"');
    if (c === '@') return this.atSign();
    if (c === '(') {
      this.pos++;
      return this.statements(')');
    }
    if (c === '{') {
      this.pos++;
      const start = this.pos;
      return { ...this.statements('}'), block: start };
    }
    if (c === '$') {
      if (this.text[at + 1] === '(') {
        this.pos += 2;
        return this.statements(')');
      }
      return this.variable();
    }
    const number = /^-?(?:0x[0-9a-f]{1,16}|\d[\d.]{0,30})(?:[kmgtp]b)?/i.exec(this.text.slice(at, at + 40));
    if (number) {
      const shown = number[0].replace(/\.+$/, '');
      this.pos += shown.length;
      const parsed = Number(shown);
      return plain(Number.isNaN(parsed) ? OPEN : constant(parsed));
    }
    if (/[A-Za-z_]/.test(c)) return this.command(undefined);
    this.pos++;
    return UNKNOWN;
  }
}
