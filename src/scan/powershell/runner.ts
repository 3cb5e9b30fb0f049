import { concatenate, constant, join, joinTaints, NEVER, OPEN, stringsOf, tainted, type Value } from '../flow/value.ts';
import { type Arguments, runCommand } from './cmdlets.ts';
import { callMethod, callStatic, cast, readMember } from './dotnet.ts';
import { isSwitch, typeName } from './names.ts';
import { binary, indexed, isOperator, unaryOperator } from './operators.ts';
import type { Session } from './session.ts';
import { either, flat, labelsOf, NOTHING, type PsValue, plain, UNKNOWN } from './value.ts';

const MAX_STEPS = 120_000;
const MAX_NESTING = 60;
const NAME = /[\w?]/;
const CONDITIONS = new Set(['if', 'elseif', 'while', 'until', 'switch', 'catch', 'trap']);
const BLOCKS = new Set(['else', 'try', 'finally', 'do', 'begin', 'process', 'end', 'data', 'clean', 'dynamicparam']);

/**
 * Reads PowerShell and follows its values in the same pass: what a branch or a loop does is looked at once, functions once
 * where they stand and again where they are called. Nothing is executed. What makes no sense is skipped.
 */
export class Runner {
  readonly session: Session;
  readonly text: string;
  pos: number;
  private nesting = 0;

  constructor(session: Session, text: string, pos = 0) {
    this.session = session;
    this.text = text;
    this.pos = pos;
  }

  /** Runs another text with the same variables, or the body of a function from where it starts. */
  nested(text: string, start = 0): PsValue {
    return new Runner(this.session, text, start).statements(start === 0 ? undefined : '}');
  }

  private get spent(): boolean {
    return this.session.steps > MAX_STEPS || this.pos >= this.text.length;
  }

  /** Statements up to a closing bracket, or to the end. Gives what they put out. */
  statements(until: '}' | ')' | undefined): PsValue {
    let out: PsValue = NOTHING;
    this.nesting++;
    while (!this.spent) {
      this.separators();
      const c = this.text[this.pos];
      if (c === undefined) break;
      if (c === '}' || c === ')') {
        this.pos++;
        if (c === until) break;
        continue;
      }
      const before = this.pos;
      if (this.nesting > MAX_NESTING) this.pos = this.text.length;
      else out = either(out, this.statement());
      if (this.pos === before) this.pos++;
    }
    this.nesting--;
    return out;
  }

  private separators(): void {
    for (;;) {
      this.blanks();
      const c = this.text[this.pos];
      if (c === '\n' || c === ';' || c === '\r') this.pos++;
      else return;
    }
  }

  /** Blanks, comments and joined lines. */
  blanks(): void {
    for (;;) {
      const c = this.text[this.pos];
      if (c === ' ' || c === '\t' || c === '\u00a0' || c === '\ufeff') this.pos++;
      else if (c === '`' && /^`\r?\n/.test(this.text.slice(this.pos, this.pos + 3)))
        this.pos += this.text[this.pos + 1] === '\r' ? 3 : 2;
      else if (c === '#') this.skipTo('\n', 0);
      else if (c === '<' && this.text[this.pos + 1] === '#') this.skipTo('#>', 2);
      else return;
    }
  }

  private skipTo(mark: string, length: number): void {
    const end = this.text.indexOf(mark, this.pos);
    this.pos = end < 0 ? this.text.length : end + length;
  }

  private blanksAndLines(): void {
    this.separators();
  }

  private word(): string {
    const match = /^[A-Za-z_][\w-]*/.exec(this.text.slice(this.pos, this.pos + 80));
    return match?.[0].toLowerCase() ?? '';
  }

  private statement(): PsValue {
    const word = this.word();
    const after = this.text[this.pos + word.length] ?? '';
    if (word !== '' && /[\s({]|^$/.test(after)) {
      if (CONDITIONS.has(word)) {
        this.pos += word.length;
        return this.condition();
      }
      if (BLOCKS.has(word)) {
        this.pos += word.length;
        this.blanksAndLines();
        return this.block();
      }
      if (word === 'foreach' && /^foreach\s*\(/i.test(this.text.slice(this.pos, this.pos + 20))) return this.loop();
      if (word === 'for') {
        this.pos += word.length;
        this.blanksAndLines();
        if (this.text[this.pos] === '(') {
          this.pos++;
          this.statements(')');
        }
        this.blanksAndLines();
        return this.block();
      }
      if (word === 'function' || word === 'filter' || word === 'workflow') return this.define(word);
      if (word === 'param') {
        this.pos += word.length;
        this.parameters();
        return NOTHING;
      }
      if (word === 'return' || word === 'throw' || word === 'exit') {
        this.pos += word.length;
        this.blanks();
        return this.pipeline();
      }
    }
    return this.pipeline();
  }

  private condition(): PsValue {
    this.blanksAndLines();
    while (this.text[this.pos] === '(' || this.text[this.pos] === '[' || this.text[this.pos] === '-') {
      if (this.text[this.pos] === '(') {
        this.pos++;
        this.statements(')');
      } else this.pos++;
      this.blanksAndLines();
    }
    return this.block();
  }

  private block(): PsValue {
    if (this.text[this.pos] !== '{') return NOTHING;
    this.pos++;
    return this.statements('}');
  }

  private loop(): PsValue {
    this.pos += 'foreach'.length;
    this.blanksAndLines();
    this.pos++;
    this.blanksAndLines();
    const name = /^\$([\w:]{1,80})\s+in\b/i.exec(this.text.slice(this.pos, this.pos + 120));
    if (name) this.pos += name[0].length;
    const list = this.statements(')');
    if (name) this.assign(name[1]!, elements(list), false);
    this.blanksAndLines();
    return this.block();
  }

  private define(word: string): PsValue {
    this.pos += word.length;
    this.blanks();
    const name = /^[\w:-]{1,100}/.exec(this.text.slice(this.pos, this.pos + 100))?.[0] ?? '';
    this.pos += name.length;
    this.blanksAndLines();
    let parameters: string[] = [];
    if (this.text[this.pos] === '(') parameters = this.parameters();
    this.blanksAndLines();
    if (this.text[this.pos] !== '{') return NOTHING;
    const start = this.pos + 1;
    const inner = /^\s*(?:\[[^\]\n]{0,100}\(\)\]\s*)?param\s*\(/i.exec(this.text.slice(start, start + 200));
    if (inner && parameters.length === 0) {
      const at = this.pos;
      this.pos = start + inner[0].length - 1;
      parameters = this.parameters();
      this.pos = at;
    }
    this.session.functions.set(name.toLowerCase(), { text: this.text, start, parameters });
    for (const p of parameters) this.session.variables.delete(p);
    this.pos = start;
    this.statements('}');
    return NOTHING;
  }

  /** `( [type]$name = default, … )`: the names in lower case. */
  private parameters(): string[] {
    const names: string[] = [];
    this.blanksAndLines();
    if (this.text[this.pos] !== '(') return names;
    let depth = 0;
    const start = this.pos;
    for (; this.pos < this.text.length && this.pos < start + 20_000; this.pos++) {
      const c = this.text[this.pos]!;
      if (c === '(') depth++;
      else if (c === ')' && --depth === 0) break;
      else if (c === '$' && depth === 1) {
        const name = /^\$(\w{1,80})/.exec(this.text.slice(this.pos, this.pos + 82));
        if (name) names.push(name[1]!.toLowerCase());
      }
    }
    this.pos++;
    return names;
  }

  /** Commands and expressions joined by `|`. */
  pipeline(): PsValue {
    let value = this.element(undefined);
    for (;;) {
      this.blanks();
      const two = this.text.slice(this.pos, this.pos + 2);
      if (two === '||' || two === '&&') {
        this.pos += 2;
        this.blanksAndLines();
        value = this.element(undefined);
      } else if (this.text[this.pos] === '|') {
        this.pos++;
        this.blanksAndLines();
        if (this.spent) return value;
        value = this.element(value);
      } else if (/^[0-9*]>&[0-9]/.test(this.text.slice(this.pos, this.pos + 4))) this.pos += 4;
      else if (/^[0-9*]?>>?(?!&)/.test(this.text.slice(this.pos, this.pos + 3))) {
        const append = /^.?>>/.test(this.text.slice(this.pos, this.pos + 3));
        const at = this.pos;
        while (/[0-9*>]/.test(this.text[this.pos] ?? '')) this.pos++;
        this.blanks();
        const path = this.argument();
        if (!stringsOf(path.value).includes(''))
          this.session.write(at, 'a redirection', path.value, flat(value), append);
        value = NOTHING;
      } else return value;
    }
  }

  private element(input: PsValue | undefined): PsValue {
    this.blanks();
    this.session.steps++;
    const c = this.text[this.pos] ?? '';
    if ((c === '&' || c === '.') && /[\s$("'{]/.test(this.text[this.pos + 1] ?? '')) {
      const at = this.pos++;
      this.blanks();
      return this.invoke(at, input);
    }
    if (/[$'"@([{!+\d]/.test(c) || (c === '-' && /[\d$(jsbcf'"]/i.test(this.text[this.pos + 1] ?? '')))
      return this.assignment();
    return this.command(input);
  }

  /** `& name`, `. 'script'`, `& { … }`. */
  private invoke(at: number, input: PsValue | undefined): PsValue {
    const start = this.pos;
    if (this.text[start] === '{') {
      this.pos++;
      const out = this.statements('}');
      this.args();
      return out;
    }
    const c = this.text[start] ?? '';
    const target = /[$("']/.test(c) ? this.postfix(this.primary()) : plain(constant(this.bareword()));
    return runCommand(this, target, start > at + 1 ? start : at, this.args(), input, true);
  }

  private command(input: PsValue | undefined): PsValue {
    const at = this.pos;
    const raw = this.bareword();
    if (raw === '') return UNKNOWN;
    // `name = value` sets a field of a hash table or a property of an enum.
    this.blanks();
    if (this.text[this.pos] === '=' && this.text[this.pos + 1] !== '=') {
      this.pos++;
      this.blanksAndLines();
      return this.pipeline();
    }
    return runCommand(this, plain(constant(raw)), at, this.args(), input, false);
  }

  /** A name as it is written, without back-quotes and carets that only break it up. */
  private bareword(): string {
    let out = '';
    while (this.pos < this.text.length) {
      const c = this.text[this.pos]!;
      if (c === '`' && this.text[this.pos + 1] !== '\n' && this.text[this.pos + 1] !== '\r') {
        out += this.text[this.pos + 1] ?? '';
        this.pos += 2;
        continue;
      }
      if (/[\s;|(){},'"`]/.test(c) || (c === '&' && out !== '') || (c === '=' && out !== '') || c === '<' || c === '>')
        break;
      if (c !== '^') out += c;
      this.pos++;
    }
    return out;
  }

  /** The arguments of a command. */
  args(): Arguments {
    const named = new Map<string, PsValue>();
    const rest: PsValue[] = [];
    const start = this.pos;
    while (!this.spent) {
      this.blanks();
      const c = this.text[this.pos];
      if (
        c === undefined ||
        /[\n\r;|)}]/.test(c) ||
        (c === '&' && this.text[this.pos + 1] !== '$') ||
        /^[0-9*]?>/.test(this.text.slice(this.pos, this.pos + 2))
      )
        break;
      const before = this.pos;
      this.session.steps++;
      const option = /^[-\u2013\u2014\u2015/]([A-Za-z][\w`^-]{0,60})(:?)/.exec(
        this.text.slice(this.pos, this.pos + 64),
      );
      if (
        option &&
        !(
          c === '/' &&
          !/^(?:c|k|s|i|u|n|create|tn|tr|sc|f|v|d|t|all|add|delete|transfer|set|q|grant)$/i.test(option[1]!)
        )
      ) {
        this.pos += option[0].length;
        const name = option[1]!.replace(/[`^]/g, '').toLowerCase();
        this.blanks();
        const next = this.text[this.pos] ?? '';
        const valueless =
          (isSwitch(name) && option[2] === '') ||
          next === '' ||
          /[\n\r;|)}]/.test(next) ||
          (/^[-\u2013\u2014]\D/.test(this.text.slice(this.pos, this.pos + 2)) && option[2] === '');
        named.set(name, valueless ? plain(constant(true)) : this.argument());
      } else if (c === '@' && /^@\w/.test(this.text.slice(this.pos, this.pos + 2))) {
        const name = /^@(\w{1,80})/.exec(this.text.slice(this.pos, this.pos + 82))![1]!;
        this.pos += name.length + 1;
        for (const [key, value] of this.session.variables.get(name.toLowerCase())?.fields ?? []) named.set(key, value);
      } else rest.push(this.argument());
      if (this.pos === before) this.pos++;
    }
    return { named, rest, line: this.text.slice(start, Math.min(this.pos, start + 4000)) };
  }

  /** One argument: an expression, or a word with variables in it; commas make lists. */
  argument(): PsValue {
    const first = this.argumentPart();
    this.blanks();
    if (this.text[this.pos] !== ',') return first;
    const items = [first];
    while (this.text[this.pos] === ',' && !this.spent) {
      this.pos++;
      this.blanksAndLines();
      items.push(this.argumentPart());
      this.blanks();
    }
    return list(items);
  }

  private argumentPart(): PsValue {
    this.session.steps++;
    const c = this.text[this.pos] ?? '';
    if (c === '{' || c === '(' || c === '@' || c === "'" || c === '"') {
      const value = this.postfix(this.primary());
      return this.goesOn() ? this.joined(value) : value;
    }
    if (c === '$') {
      const value = this.postfix(this.primary());
      return this.goesOn() ? this.joined(value) : value;
    }
    if (c === '[' && /^\[[\w.]{1,80}\]::/.test(this.text.slice(this.pos, this.pos + 90)))
      return this.postfix(this.primary());
    return this.joined(undefined);
  }

  private goesOn(): boolean {
    const c = this.text[this.pos] ?? '';
    return c !== '' && !/[\s;|(){},<>&]/.test(c);
  }

  /** A word made of text and variables: `$env:TEMP\a.exe`, `http://$host/x`. */
  private joined(first: PsValue | undefined): PsValue {
    const parts: Value[] = first ? [flat(first)] : [];
    let text = '';
    const flush = (): void => {
      if (text !== '') parts.push(constant(text));
      text = '';
    };
    while (!this.spent) {
      const c = this.text[this.pos]!;
      if (/[\s;|){},<>]/.test(c) || (c === '(' && text === '') || c === '&') break;
      if (c === '`') {
        text += this.text[this.pos + 1] ?? '';
        this.pos += 2;
      } else if (c === '$' || c === '"' || c === "'") {
        flush();
        const before = this.pos;
        parts.push(flat(this.primary()));
        if (this.pos === before) this.pos++;
      } else {
        text += c;
        this.pos++;
      }
    }
    flush();
    return parts.length === 0 ? UNKNOWN : plain(parts.length === 1 ? parts[0]! : concatenate(parts));
  }

  private assignment(): PsValue {
    const start = this.pos;
    const target =
      /^(?:\[[^\]\n]{1,80}\]{1,2}\s*)?\$(?:\{([^}\n]{1,80})\}|([\w:?]{1,80}))((?:\.[\w]{1,60}|\[[^\]\n]{0,60}\]|\.['"][^'"\n]{1,60}['"])*)\s*(\+?=)(?!=)/.exec(
        this.text.slice(start, start + 400),
      );
    if (!target) {
      const several = /^(?:\$[\w:]{1,60}\s*,\s*)+\$[\w:]{1,60}\s*=/.exec(this.text.slice(start, start + 300));
      if (several) this.pos += several[0].length;
      return this.expression(true);
    }
    this.pos += target[0].length;
    this.blanksAndLines();
    const value = this.statement();
    const name = (target[1] ?? target[2])!;
    const path = target[3]!;
    if (path !== '') this.setField(name, path, value, start);
    else
      this.assign(
        name,
        target[4] === '+=' ? this.added(name, value, start) : value,
        this.nesting > 1 && target[4] !== '+=',
      );
    return NOTHING;
  }

  private added(name: string, value: PsValue, pos: number): PsValue {
    return binary(this.session, '+', this.session.variable(name, pos), value, pos);
  }

  assign(raw: string, value: PsValue, joins: boolean): void {
    const name = raw.toLowerCase().replace(/^(?:global|script|local|private):/, '');
    const before = this.session.variables.get(name);
    this.session.variables.set(name, joins && before ? either(value, before) : value);
  }

  private setField(name: string, path: string, value: PsValue, pos: number): void {
    const object = this.session.variable(name, pos);
    const key = path.replace(/[.['"\]]/g, '').toLowerCase();
    if (object.fields) object.fields.set(key, value);
    else
      this.assign(
        name,
        { ...object, value: { ...object.value, open: true, taints: joinTaints(object.value.taints, labelsOf(value)) } },
        false,
      );
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

  private operand(lists: boolean): PsValue {
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

  private unary(): PsValue {
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
          return cast(this, type, this.unary(), at);
        }
        return this.postfix({ value: { ...NEVER, apis: [`type:${type}`] } });
      }
      return this.postfix(this.primary());
    } finally {
      this.nesting--;
    }
  }

  private typeLiteral(): string | undefined {
    const match = /^\[\s*([A-Za-z_][\w.`+, ]{0,120}(?:\[\s*[\w., ]{0,60}\])?)\s*\]/.exec(
      this.text.slice(this.pos, this.pos + 200),
    );
    if (!match) return undefined;
    this.pos += match[0].length;
    return typeName(match[1]!);
  }

  private postfix(first: PsValue): PsValue {
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
            member[1] === '::' ? callStatic(this, value, name, args, at) : callMethod(this, value, name, args, at);
        } else value = readMember(this, value, name, at);
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

  private callArguments(): PsValue[] {
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

  private primary(): PsValue {
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

  private variable(): PsValue {
    const at = this.pos;
    const braced = /^\$\{([^}\n]{1,120})\}/.exec(this.text.slice(at, at + 124));
    const match = braced ?? /^\$((?:[A-Za-z]{1,12}:)?[\w?]{1,100}|[$^_?])/.exec(this.text.slice(at, at + 116));
    if (!match) {
      this.pos++;
      return UNKNOWN;
    }
    this.pos += match[0].length;
    return this.session.variable(match[1]!.replaceAll('`', ''), at);
  }

  private single(): PsValue {
    let out = '';
    let from = ++this.pos;
    for (;;) {
      const end = this.text.indexOf("'", from);
      if (end < 0) {
        out += this.text.slice(from);
        this.pos = this.text.length;
        break;
      }
      out += this.text.slice(from, end);
      this.pos = end + 1;
      if (this.text[end + 1] !== "'") break;
      out += "'";
      from = end + 2;
    }
    return plain(constant(out));
  }

  /** A text in which variables are filled in, up to a quotation mark or the end of a here-string. */
  private double(end: '"' | '"@'): PsValue {
    const parts: Value[] = [];
    let text = '';
    this.pos += end === '"' ? 1 : 0;
    const flush = (): void => {
      if (text !== '') parts.push(constant(text));
      text = '';
    };
    while (!this.spent) {
      const c = this.text[this.pos]!;
      if (end === '"' ? c === '"' || c === '\u201d' : c === '\n' && this.text.startsWith('"@', this.pos + 1)) {
        if (end === '"' && this.text[this.pos + 1] === '"') {
          text += '"';
          this.pos += 2;
          continue;
        }
        this.pos += end === '"' ? 1 : 3;
        break;
      }
      if (c === '`') {
        text += { n: '\n', t: '\t', r: '\r', '0': '' }[this.text[this.pos + 1] ?? ''] ?? this.text[this.pos + 1] ?? '';
        this.pos += 2;
      } else if (
        c === '$' &&
        (NAME.test(this.text[this.pos + 1] ?? '') || this.text[this.pos + 1] === '{' || this.text[this.pos + 1] === '(')
      ) {
        flush();
        parts.push(flat(this.primary()));
      } else {
        text += c;
        this.pos++;
      }
    }
    flush();
    if (parts.length === 0) return plain(constant(''));
    return plain(parts.length === 1 ? parts[0]! : concatenate(parts));
  }

  private atSign(): PsValue {
    const next = this.text[this.pos + 1] ?? '';
    if (next === '(') {
      this.pos += 2;
      const inner = this.statements(')');
      return inner.items
        ? inner
        : inner.value === NEVER
          ? { value: OPEN, items: [] }
          : { ...inner, items: inner.items ?? [inner] };
    }
    if (next === '{') {
      this.pos += 2;
      return this.hash();
    }
    const here = /^@(['"])[ \t]*\r?\n/.exec(this.text.slice(this.pos, this.pos + 12));
    if (!here) {
      this.pos++;
      return UNKNOWN;
    }
    this.pos += here[0].length;
    if (here[1] === '"') {
      this.pos--;
      const value = this.double('"@');
      return {
        ...value,
        value: {
          ...value.value,
          consts: value.value.consts.map((k) => (typeof k === 'string' ? k.replace(/^\n/, '') : k)),
        },
      };
    }
    const start = this.pos;
    const end = this.text.indexOf("\n'@", start - 1);
    this.pos = end < 0 ? this.text.length : end + 3;
    return plain(constant(this.text.slice(start, end < 0 ? undefined : Math.max(start, end))));
  }

  private hash(): PsValue {
    const fields = new Map<string, PsValue>();
    while (!this.spent) {
      this.separators();
      if (this.text[this.pos] === '}') {
        this.pos++;
        break;
      }
      const before = this.pos;
      const key = /^(?:["']([^"'\n]{0,100})["']|([\w-]{1,100}))\s*=/.exec(this.text.slice(this.pos, this.pos + 220));
      if (key) {
        this.pos += key[0].length;
        this.blanksAndLines();
        fields.set((key[1] ?? key[2] ?? '').toLowerCase(), this.statement());
      } else this.expression(true);
      if (this.pos === before) this.pos++;
    }
    return { value: OPEN, fields };
  }
}

/** A list. */
export function list(items: readonly PsValue[]): PsValue {
  return { value: tainted(items.flatMap((i) => labelsOf(i))), items };
}

/** Any element of a list. */
function elements(value: PsValue): PsValue {
  if (!value.items) return value;
  let out: Value = NEVER;
  for (const item of value.items.slice(0, 40)) out = join(out, item.value);
  return plain(out);
}
