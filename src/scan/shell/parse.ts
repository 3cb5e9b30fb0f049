/** A part of a shell word. */
export type WordPart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'variable';
      readonly name: string /** The text after `:-` and its relatives. */;
      readonly fallback: string;
    }
  | {
      readonly kind: 'command';
      readonly script: Script /** `<(…)`: the output as a file. */;
      readonly asFile: boolean;
    };

export interface Word {
  readonly pos: number;
  readonly parts: readonly WordPart[];
  /** True when any of it was in quotes. */
  readonly quoted: boolean;
}

export interface Redirect {
  /** `<`, `>`, `>>`, `<<`, `<<<`, `>&`, `<>`. */
  readonly operator: string;
  readonly target: Word;
}

/** A simple command, a subshell, or the head of a loop. */
export interface Command {
  readonly pos: number;
  readonly assignments: readonly { readonly name: string; readonly value: Word }[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  readonly body: Script | undefined;
  readonly loop: { readonly name: string; readonly values: readonly Word[] } | undefined;
}

export interface Pipeline {
  readonly commands: readonly Command[];
  readonly background: boolean;
}

export interface Script {
  readonly pipelines: readonly Pipeline[];
}

const MAX_NESTING = 16;
const SKIPPED = new Set([
  'if',
  'then',
  'elif',
  'else',
  'fi',
  'while',
  'until',
  'do',
  'done',
  'esac',
  '{',
  '}',
  '!',
  'time',
  'function',
  'in',
]);
const BLANK = /[ \t\r]/;

/** Reads shell text; it never fails: what makes no sense is read as words. Linear in the length of the text. */
export function parseShell(text: string): Script {
  return new Reader(text).script(undefined, 0);
}

class Reader {
  private readonly text: string;
  private pos = 0;
  private heredocs: {
    readonly end: string;
    readonly strip: boolean;
    readonly literal: boolean;
    readonly fill: (body: string, pos: number) => void;
  }[] = [];

  constructor(text: string) {
    this.text = text;
  }

  script(until: ')' | '`' | undefined, nesting: number): Script {
    const pipelines: Pipeline[] = [];
    while (this.pos < this.text.length) {
      this.blanks();
      const c = this.text[this.pos];
      if (c === undefined) break;
      if (c === until) {
        this.pos++;
        break;
      }
      if (c === '\n') {
        this.pos++;
        this.readHeredocs();
      } else if (c === ';' || c === '&' || c === '|' || c === ')' || (c === '`' && until !== '`')) this.pos++;
      else {
        const commands = this.pipeline(until, nesting);
        const background = this.text[this.pos] === '&' && this.text[this.pos + 1] !== '&';
        if (commands.length > 0) pipelines.push({ commands, background });
      }
    }
    return { pipelines };
  }

  private blanks(): void {
    for (;;) {
      const c = this.text[this.pos];
      if (c === undefined) return;
      if (BLANK.test(c)) this.pos++;
      else if (c === '\\' && this.text[this.pos + 1] === '\n') this.pos += 2;
      else if (c === '#') {
        const end = this.text.indexOf('\n', this.pos);
        this.pos = end < 0 ? this.text.length : end;
      } else return;
    }
  }

  private pipeline(until: ')' | '`' | undefined, nesting: number): Command[] {
    const commands: Command[] = [];
    for (;;) {
      const command = this.command(until, nesting);
      if (command) commands.push(command);
      this.blanks();
      if (this.text[this.pos] !== '|' || this.text[this.pos + 1] === '|') return commands;
      this.pos += this.text[this.pos + 1] === '&' ? 2 : 1;
      this.blanks();
      while (this.text[this.pos] === '\n') {
        this.pos++;
        this.blanks();
      }
    }
  }

  private command(until: ')' | '`' | undefined, nesting: number): Command | undefined {
    const start = this.pos;
    const assignments: { name: string; value: Word }[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    let body: Script | undefined;
    let loop: Command['loop'];
    for (;;) {
      this.blanks();
      const c = this.text[this.pos];
      if (c === undefined || c === '\n' || c === ';' || c === '|' || c === until) break;
      if (c === '&' && this.text[this.pos + 1] !== '>') break;
      if (c === ')') break;
      if (c === '`' && until === '`') break;
      if (c === '(') {
        this.pos++;
        if (words.length === 1 && this.text[this.pos] === ')') {
          // `name()`: the body follows and runs when the name is called; it is looked at in place.
          this.pos++;
          words.pop();
          break;
        }
        if (this.text[this.pos] === '(' && words.length === 0) this.skipArithmetic();
        else if (nesting < MAX_NESTING) body = this.script(')', nesting + 1);
        continue;
      }
      const redirect = this.redirect(nesting);
      if (redirect) {
        if (redirect.target) redirects.push(redirect as Redirect);
        continue;
      }
      const word = this.word(nesting);
      if (words.length === 0) {
        const plain = plainText(word);
        if (plain !== undefined && !word.quoted && SKIPPED.has(plain)) continue;
        if (plain === 'for' && !word.quoted) {
          loop = this.loop(nesting);
          break;
        }
        const assigned = assignmentOf(word);
        if (assigned) {
          // `NAME=(a b c)`
          if (this.text[this.pos] === '(' && nesting < MAX_NESTING) {
            this.pos++;
            const list = this.script(')', nesting + 1);
            const items = list.pipelines.flatMap((p) => p.commands.flatMap((k) => k.words));
            assignments.push({
              name: assigned.name,
              value: {
                pos: word.pos,
                quoted: false,
                parts: items.flatMap((w) => [...w.parts, { kind: 'text' as const, text: ' ' }]),
              },
            });
          } else assignments.push(assigned);
          continue;
        }
      }
      words.push(word);
    }
    if (words.length + assignments.length + redirects.length === 0 && !body && !loop) {
      if (this.pos === start) this.pos++;
      return undefined;
    }
    return { pos: words[0]?.pos ?? start, assignments, words, redirects, body, loop };
  }

  private loop(nesting: number): Command['loop'] {
    this.blanks();
    const name = plainText(this.word(nesting)) ?? '';
    const values: Word[] = [];
    for (;;) {
      this.blanks();
      const c = this.text[this.pos];
      if (c === undefined || c === ';' || c === '\n' || c === '(' || c === ')' || c === '&' || c === '|') break;
      const word = this.word(nesting);
      if (plainText(word) !== 'in' || values.length > 0) values.push(word);
    }
    return { name, values };
  }

  private skipArithmetic(): void {
    const end = this.text.indexOf('))', this.pos);
    this.pos = end < 0 ? this.text.length : end + 2;
  }

  private redirect(nesting: number): { operator: string; target: Word | undefined } | undefined {
    const match = /^(?:\d{0,2}|&)(<<<|<<-|<<|<>|<&|>>|>&|>\||<|>)/.exec(this.text.slice(this.pos, this.pos + 6));
    if (!match) return undefined;
    const after = this.pos + match[0].length;
    // `<(…)` is a word.
    if ((match[1] === '<' || match[1] === '>') && this.text[after] === '(') return undefined;
    const operator = match[0].startsWith('&') ? '>&' : match[1]!;
    this.pos = after;
    this.blanks();
    const c = this.text[this.pos];
    if (c === undefined || c === '\n' || c === ';') return { operator, target: undefined };
    const target = this.word(nesting);
    if (operator !== '<<' && operator !== '<<-') return { operator, target };
    const holder: { pos: number; parts: WordPart[]; quoted: boolean } = { pos: this.pos, parts: [], quoted: true };
    this.heredocs.push({
      end: plainText(target) ?? '',
      strip: operator === '<<-',
      literal: target.quoted,
      fill: (body, pos) => {
        holder.pos = pos;
        holder.parts.push(
          ...(target.quoted || nesting >= MAX_NESTING
            ? [{ kind: 'text' as const, text: body }]
            : new Reader(body).expandAll(nesting + 1)),
        );
      },
    });
    return { operator: '<<', target: holder };
  }

  private readHeredocs(): void {
    const pending = this.heredocs;
    this.heredocs = [];
    for (const doc of pending) {
      const start = this.pos;
      let body = '';
      for (;;) {
        if (this.pos >= this.text.length) break;
        const end = this.text.indexOf('\n', this.pos);
        const line = this.text.slice(this.pos, end < 0 ? this.text.length : end);
        this.pos = end < 0 ? this.text.length : end + 1;
        if ((doc.strip ? line.replace(/^\t+/, '') : line).trimEnd() === doc.end) break;
        body += `${line}\n`;
      }
      doc.fill(body, start);
    }
  }

  /** The whole text as one word in which `$` expands, as in a here-document. */
  expandAll(nesting: number): WordPart[] {
    const parts: WordPart[] = [];
    this.quotedRun(parts, undefined, nesting);
    return parts;
  }

  private word(nesting: number): Word {
    const start = this.pos;
    const parts: WordPart[] = [];
    let quoted = false;
    let text = '';
    const flush = (): void => {
      if (text !== '') parts.push({ kind: 'text', text });
      text = '';
    };
    while (this.pos < this.text.length) {
      const c = this.text[this.pos]!;
      if (c === "'" || (c === '$' && this.text[this.pos + 1] === "'")) {
        quoted = true;
        const escapes = c === '$';
        this.pos += escapes ? 2 : 1;
        const end = this.endOfSingle(escapes);
        const raw = this.text.slice(this.pos, end);
        text += escapes ? unescapeAnsi(raw) : raw;
        this.pos = Math.min(end + 1, this.text.length);
      } else if (c === '"') {
        quoted = true;
        flush();
        this.pos++;
        this.quotedRun(parts, '"', nesting);
      } else if (c === '\\') {
        if (this.text[this.pos + 1] !== '\n') text += this.text[this.pos + 1] ?? '';
        this.pos += 2;
      } else if (c === '$' || c === '`') {
        flush();
        this.expansion(parts, nesting);
      } else if ((c === '<' || c === '>') && this.text[this.pos + 1] === '(' && nesting < MAX_NESTING) {
        flush();
        this.pos += 2;
        parts.push({ kind: 'command', script: this.script(')', nesting + 1), asFile: true });
      } else if (
        BLANK.test(c) ||
        c === '\n' ||
        c === ';' ||
        c === '&' ||
        c === '|' ||
        c === '<' ||
        c === '>' ||
        c === ')' ||
        c === '('
      )
        break;
      else {
        text += c;
        this.pos++;
      }
    }
    flush();
    if (this.pos === start) this.pos++;
    return { pos: start, parts, quoted };
  }

  private endOfSingle(escapes: boolean): number {
    let at = this.pos;
    while (at < this.text.length && this.text[at] !== "'") at += escapes && this.text[at] === '\\' ? 2 : 1;
    return Math.min(at, this.text.length);
  }

  private quotedRun(parts: WordPart[], end: '"' | undefined, nesting: number): void {
    let text = '';
    while (this.pos < this.text.length) {
      const c = this.text[this.pos]!;
      if (c === end) {
        this.pos++;
        break;
      }
      if (c === '\\' && /["\\$`\n]/.test(this.text[this.pos + 1] ?? '')) {
        if (this.text[this.pos + 1] !== '\n') text += this.text[this.pos + 1];
        this.pos += 2;
      } else if (c === '$' || c === '`') {
        if (text !== '') parts.push({ kind: 'text', text });
        text = '';
        this.expansion(parts, nesting);
      } else {
        text += c;
        this.pos++;
      }
    }
    if (text !== '' || end === '"') parts.push({ kind: 'text', text });
  }

  /** At `$` or a back quote. */
  private expansion(parts: WordPart[], nesting: number): void {
    if (this.text[this.pos] === '`') {
      this.pos++;
      if (nesting >= MAX_NESTING) parts.push({ kind: 'text', text: '`' });
      else parts.push({ kind: 'command', script: this.script('`', nesting + 1), asFile: false });
      return;
    }
    this.pos++;
    const c = this.text[this.pos] ?? '';
    if (c === '(' && this.text[this.pos + 1] === '(') {
      this.skipArithmetic();
      parts.push({ kind: 'variable', name: '', fallback: '' });
    } else if (c === '(') {
      this.pos++;
      if (nesting >= MAX_NESTING) parts.push({ kind: 'text', text: '$(' });
      else parts.push({ kind: 'command', script: this.script(')', nesting + 1), asFile: false });
    } else if (c === '{') {
      const end = this.closingBrace();
      const inner = this.text.slice(this.pos + 1, end);
      this.pos = Math.min(end + 1, this.text.length);
      const match = /^[#!]?(\w+|[@*?$!-])(?:\[[^\]]*\])?(?::?([-=+?])(.*))?/s.exec(inner);
      parts.push({
        kind: 'variable',
        name: match?.[1] ?? '',
        fallback: match?.[2] === '+' || match?.[2] === '?' ? '' : (match?.[3] ?? ''),
      });
    } else {
      const match = /^(?:[A-Za-z_]\w*|[0-9@*#?$!-])/.exec(this.text.slice(this.pos, this.pos + 80));
      if (!match) {
        parts.push({ kind: 'text', text: '$' });
        return;
      }
      this.pos += match[0].length;
      parts.push({ kind: 'variable', name: match[0], fallback: '' });
    }
  }

  private closingBrace(): number {
    let depth = 0;
    for (let at = this.pos; at < this.text.length && at < this.pos + 4000; at++) {
      if (this.text[at] === '{') depth++;
      else if (this.text[at] === '}' && --depth === 0) return at;
    }
    return Math.min(this.pos + 1, this.text.length);
  }
}

/** The text of a word without expansions. */
export function plainText(word: Word): string | undefined {
  let text = '';
  for (const part of word.parts) {
    if (part.kind !== 'text') return undefined;
    text += part.text;
  }
  return text;
}

function assignmentOf(word: Word): { name: string; value: Word } | undefined {
  const first = word.parts[0];
  const match = first?.kind === 'text' ? /^([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=/.exec(first.text) : null;
  if (!match || first?.kind !== 'text') return undefined;
  const rest = first.text.slice(match[0].length);
  const parts: WordPart[] = rest === '' ? word.parts.slice(1) : [{ kind: 'text', text: rest }, ...word.parts.slice(1)];
  return { name: match[1]!, value: { pos: word.pos, parts, quoted: word.quoted } };
}

function unescapeAnsi(raw: string): string {
  return raw.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|u([0-9a-fA-F]{1,4})|(.))/gs,
    (_, hex: string | undefined, octal: string | undefined, unicode: string | undefined, other: string | undefined) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (unicode !== undefined) return String.fromCharCode(Number.parseInt(unicode, 16));
      return { n: '\n', t: '\t', r: '\r' }[other ?? ''] ?? other ?? '';
    },
  );
}
