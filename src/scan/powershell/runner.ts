import { constant, joinTaints, stringsOf } from '../flow/value.ts';
import type { Arguments } from './call.ts';
import { runCommand } from './cmdlets.ts';
import { Expressions } from './expressions.ts';
import { isSwitch } from './names.ts';
import { binary } from './operators.ts';
import { flat, labelsOf } from '../flow/compound.ts';
import { either, elements, list, NOTHING, type PsValue, plain, UNKNOWN } from './value.ts';

const MAX_NESTING = 60;
const CONDITIONS = new Set(['if', 'elseif', 'while', 'until', 'switch', 'catch', 'trap']);
const BLOCKS = new Set(['else', 'try', 'finally', 'do', 'begin', 'process', 'end', 'data', 'clean', 'dynamicparam']);

/**
 * Reads PowerShell and follows its values in the same pass: what a branch or a loop does is looked at once, functions once
 * where they stand and again where they are called. Nothing is executed. What makes no sense is skipped.
 */
export class Runner extends Expressions {
  private pipelines = 0;

  protected get self(): Runner {
    return this;
  }

  /** Runs another text with the same variables, or the body of a function from where it starts. */
  nested(text: string, start = 0): PsValue {
    return new Runner(this.session, text, start).statements(start === 0 ? undefined : '}');
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

  protected statement(): PsValue {
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

  protected condition(): PsValue {
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

  protected block(): PsValue {
    if (this.text[this.pos] !== '{') return NOTHING;
    this.pos++;
    return this.statements('}');
  }

  protected loop(): PsValue {
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

  protected define(word: string): PsValue {
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

  /** Commands and expressions joined by `|`. */
  pipeline(): PsValue {
    if (++this.pipelines > MAX_NESTING) this.pos = this.text.length;
    const out = this.piped();
    this.pipelines--;
    return out;
  }

  private piped(): PsValue {
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

  protected element(input: PsValue | undefined): PsValue {
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
  protected invoke(at: number, input: PsValue | undefined): PsValue {
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

  protected command(input: PsValue | undefined): PsValue {
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

  /** The arguments of a command. */
  args(): Arguments {
    const named = new Map<string, PsValue>();
    const written = new Map<string, string>();
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
        written.set(name, option[1]!);
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
    return { named, written, rest, line: this.text.slice(start, Math.min(this.pos, start + 4000)) };
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

  protected argumentPart(): PsValue {
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

  protected assignment(): PsValue {
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

  protected added(name: string, value: PsValue, pos: number): PsValue {
    return binary(this.session, '+', this.session.variable(name, pos), value, pos);
  }

  protected setField(name: string, path: string, value: PsValue, pos: number): void {
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
}
