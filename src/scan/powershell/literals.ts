import { concatenate, constant, OPEN, NEVER, type Value } from '../flow/value.ts';
import { Cursor } from './cursor.ts';
import { flat } from '../flow/compound.ts';
import { type PsValue, plain, UNKNOWN } from './value.ts';

const NAME = /[\w?]/;

/** Reads texts, variables, lists and tables. */
export abstract class Literals extends Cursor {
  abstract statements(until: '}' | ')' | undefined): PsValue;

  protected abstract statement(): PsValue;

  abstract expression(lists: boolean): PsValue;

  protected abstract primary(): PsValue;

  /** A word made of text and variables: `$env:TEMP\a.exe`, `http://$host/x`. */
  protected joined(first: PsValue | undefined): PsValue {
    const parts: Value[] = first ? [flat(first)] : [];
    let text = '';
    const flush = (): void => {
      if (text !== '') parts.push(constant(text));
      text = '';
    };
    while (!this.spent) {
      const c = this.text[this.pos]!;
      if (/[\s;|(){},<>&]/.test(c)) break;
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

  protected variable(): PsValue {
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

  protected single(): PsValue {
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
  protected double(end: '"' | '"@'): PsValue {
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

  protected atSign(): PsValue {
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

  protected hash(): PsValue {
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
