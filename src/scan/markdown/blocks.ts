/** A run of Markdown of one sort. Offsets count UTF-16 units of the file. */
export interface Block {
  readonly kind: 'prose' | 'code' | 'comment' | 'heading';
  /** As long as its place in the file: what belongs to lists and quotes around it is blanked. */
  readonly text: string;
  readonly start: number;
  /** Of code: the first word of the info string in lower case, or ''. */
  readonly language: string;
  /** The headings above, outermost first. */
  readonly headings: readonly string[];
  /** True inside of a block quote or a table. */
  readonly quoted: boolean;
  /** Of prose: it is one item of a list. */
  readonly item: boolean;
}

interface Fence {
  readonly marker: string;
  readonly indent: number;
  readonly language: string;
  readonly start: number;
  readonly lines: string[];
  readonly depth: number;
}

interface Heading {
  readonly level: number;
  readonly text: string;
}

/** The marks of block quotes and list items before a line's text. */
const CONTAINERS = /^(?:[ \t]{0,12}(?:>[ \t]?|(?:[-*+]|\d{1,3}[.)])[ \t]{1,4}(?=\S)))*/;

/**
 * Splits Markdown into prose, code and comments. Fences may be nested by length, made of `~`, indented in lists and
 * quotes, or never closed. `from` is where the text after the front matter starts. Linear in the length of the text.
 */
export function splitBlocks(text: string, from: number): readonly Block[] {
  return new Splitter(text).split(from);
}

class Splitter {
  private readonly text: string;
  private readonly out: Block[] = [];
  private headings: Heading[] = [];
  private fence: Fence | undefined;
  private comment: { start: number; end: string; lines: string[] } | undefined;
  private prose: { start: number; lines: string[]; quoted: boolean; item: boolean } | undefined;
  private indented: { start: number; lines: string[] } | undefined;
  private inList = false;
  private blankBefore = true;

  constructor(text: string) {
    this.text = text;
  }

  split(from: number): readonly Block[] {
    let at = from;
    while (at < this.text.length) {
      const stop = this.text.indexOf('\n', at);
      const end = stop < 0 ? this.text.length : stop;
      this.line(this.text.slice(at, end).replace(/\r$/, ' '), at);
      at = end + 1;
    }
    this.closeFence();
    this.closeComment();
    this.flush();
    return this.out;
  }

  private line(raw: string, at: number): void {
    if (this.fence) this.fenceLine(raw);
    else if (this.comment) this.commentLine(raw, at);
    else this.plainLine(raw, at);
  }

  private plainLine(raw: string, at: number): void {
    const lead = CONTAINERS.exec(raw)?.[0].length ?? 0;
    const body = raw.slice(lead);
    const trimmed = body.trimStart();
    if (trimmed === '') {
      if (this.indented) this.indented.lines.push('');
      else this.flushProse();
      this.blankBefore = true;
      return;
    }
    const marks = raw.slice(0, lead);
    const item = /[-*+.)]\s*$/.test(marks) && marks.trim() !== '';
    const quoted = marks.includes('>');
    const open = /^(`{3,}|~{3,})[ \t]*([^\n]*)$/.exec(trimmed);
    if (open && !(open[1]!.startsWith('`') && open[2]!.includes('`'))) {
      this.flush();
      const language = /^\{?\.?([\w+#.-]+)/.exec(open[2]!)?.[1]?.toLowerCase() ?? '';
      this.fence = {
        marker: open[1]!,
        indent: body.length - trimmed.length + lead,
        language,
        start: at + raw.length + 1,
        lines: [],
        depth: this.quoteDepth(raw),
      };
      return;
    }
    const indent = /^[ ]*/.exec(raw)![0].length + (raw.startsWith('\t') ? 4 : 0);
    if (!this.prose && this.blankBefore && indent >= 4 && !this.inList && !item && !quoted) {
      this.indented ??= { start: at, lines: [] };
      this.indented.lines.push(raw);
      return;
    }
    if (this.indented && indent < 4) this.flushIndented();
    else if (this.indented) {
      this.indented.lines.push(raw);
      return;
    }
    this.blankBefore = false;
    const heading = /^(#{1,6})[ \t]+(.*)$/.exec(trimmed);
    if (heading && lead === 0) {
      this.flush();
      const level = heading[1]!.length;
      this.inList = false;
      const start = at + raw.length - trimmed.length;
      this.out.push({
        kind: 'heading',
        text: trimmed,
        start,
        language: '',
        headings: this.path(),
        quoted: false,
        item: false,
      });
      this.headings = [...this.headings.filter((h) => h.level < level), { level, text: heading[2]!.slice(0, 300) }];
      return;
    }
    if (item) this.inList = true;
    else if (indent === 0 && !this.prose) this.inList = false;
    if (item || (this.prose && this.prose.quoted !== quoted) || trimmed.startsWith('|')) this.flushProse();
    this.proseLine(`${' '.repeat(lead)}${body}`, at, quoted || trimmed.startsWith('|'), item);
  }

  /** Takes comments out of a line of prose. */
  private proseLine(line: string, at: number, quoted: boolean, item: boolean): void {
    let shown = '';
    let from = 0;
    let ticks = 0;
    let counted = 0;
    const reference = /^\s*\[(?:\/\/|comment|_metadata_[^\]]{0,60})\]:\s*(?:#|<>)\s*["'(]/i.exec(line);
    if (reference) {
      this.push('comment', line.slice(reference[0].length), at + reference[0].length);
      return;
    }
    for (;;) {
      const open = line.indexOf('<!--', from);
      if (open < 0) break;
      for (; counted < open; counted++) if (line[counted] === '`') ticks++;
      // In a code span it is an example.
      if (ticks % 2 === 1) {
        shown += line.slice(from, open + 4);
        from = open + 4;
        continue;
      }
      shown += line.slice(from, open);
      const close = line.indexOf('-->', open + 4);
      if (close < 0) {
        shown += ' '.repeat(line.length - open);
        this.comment = { start: at + open + 4, end: '-->', lines: [line.slice(open + 4)] };
        from = line.length;
        break;
      }
      this.push('comment', line.slice(open + 4, close), at + open + 4);
      shown += ' '.repeat(close + 3 - open);
      from = close + 3;
    }
    shown += line.slice(from);
    this.prose ??= { start: at, lines: [], quoted, item };
    this.prose.lines.push(shown);
  }

  private commentLine(raw: string, at: number): void {
    const comment = this.comment!;
    const close = raw.indexOf(comment.end);
    if (close < 0) {
      comment.lines.push(raw);
      return;
    }
    comment.lines.push(raw.slice(0, close));
    this.closeComment();
    const rest = raw.slice(close + comment.end.length);
    if (rest.trim() !== '')
      this.line(
        `${' '.repeat(Math.min(close + comment.end.length, 3))}${rest}`,
        at + close + comment.end.length - Math.min(close + comment.end.length, 3),
      );
  }

  private fenceLine(raw: string): void {
    const fence = this.fence!;
    const plain = fence.depth > 0 ? raw.replace(/^(?:[ \t]{0,3}>){1,8}/, (m) => ' '.repeat(m.length)) : raw;
    const trimmed = plain.trim();
    const left = fence.depth > 0 && !/^[ \t]{0,12}>/.test(raw) && trimmed !== '';
    if (
      left ||
      (trimmed.length >= fence.marker.length && /^(`+|~+)$/.test(trimmed) && trimmed[0] === fence.marker[0])
    ) {
      this.closeFence();
      return;
    }
    fence.lines.push(plain);
  }

  private closeFence(): void {
    const fence = this.fence;
    if (!fence) return;
    this.fence = undefined;
    this.blankBefore = true;
    if (fence.lines.length > 0) this.push('code', fence.lines.join('\n'), fence.start, fence.language);
  }

  private closeComment(): void {
    const comment = this.comment;
    if (!comment) return;
    this.comment = undefined;
    this.push('comment', comment.lines.join('\n'), comment.start);
  }

  private flush(): void {
    this.flushProse();
    this.flushIndented();
  }

  private flushProse(): void {
    const prose = this.prose;
    if (!prose) return;
    this.prose = undefined;
    const text = prose.lines.join('\n');
    if (text.trim() !== '')
      this.out.push({
        kind: 'prose',
        text,
        start: prose.start,
        language: '',
        headings: this.path(),
        quoted: prose.quoted,
        item: prose.item,
      });
  }

  private flushIndented(): void {
    const block = this.indented;
    if (!block) return;
    this.indented = undefined;
    this.push('code', block.lines.join('\n'), block.start);
  }

  private push(kind: Block['kind'], text: string, start: number, language = ''): void {
    this.out.push({ kind, text, start, language, headings: this.path(), quoted: false, item: false });
  }

  private path(): readonly string[] {
    return this.headings.map((h) => h.text);
  }

  private quoteDepth(raw: string): number {
    return /^(?:[ \t]{0,3}>)+/.exec(raw) ? 1 : 0;
  }
}
