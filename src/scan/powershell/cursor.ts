import { typeName } from './names.ts';
import type { Session } from './session.ts';

const MAX_STEPS = 120_000;

/** A place in a PowerShell text, and what can be read there without knowing what it means. */
export abstract class Cursor {
  readonly session: Session;

  readonly text: string;

  pos: number;

  protected nesting = 0;

  constructor(session: Session, text: string, pos = 0) {
    this.session = session;
    this.text = text;
    this.pos = pos;
  }

  protected get spent(): boolean {
    return this.session.steps > MAX_STEPS || this.pos >= this.text.length;
  }

  protected separators(): void {
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

  protected skipTo(mark: string, length: number): void {
    const end = this.text.indexOf(mark, this.pos);
    this.pos = end < 0 ? this.text.length : end + length;
  }

  protected blanksAndLines(): void {
    this.separators();
  }

  protected word(): string {
    const match = /^[A-Za-z_][\w-]*/.exec(this.text.slice(this.pos, this.pos + 80));
    return match?.[0].toLowerCase() ?? '';
  }

  /** A name as it is written, without back-quotes and carets that only break it up. */
  protected bareword(): string {
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

  /** `( [type]$name = default, … )`: the names in lower case. */
  protected parameters(): string[] {
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

  protected goesOn(): boolean {
    const c = this.text[this.pos] ?? '';
    return c !== '' && !/[\s;|(){},<>&]/.test(c);
  }

  protected typeLiteral(): string | undefined {
    const match = /^\[\s*([A-Za-z_][\w.`+, ]{0,120}(?:\[\s*[\w., ]{0,60}\])?)\s*\]/.exec(
      this.text.slice(this.pos, this.pos + 200),
    );
    if (!match) return undefined;
    this.pos += match[0].length;
    return typeName(match[1]!);
  }
}
