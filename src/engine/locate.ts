import { parsedFile } from '../config/document.ts';
import { type LineIndex, lineIndex } from '../config/lines.ts';
import { maskStretch } from '../config/secrets.ts';
import { type Origin, type Value, childOf } from '../config/value.ts';
import type { Excerpt, Location } from '../core/finding.ts';
import { formatKeyPath, type KeyPath, type Ref } from '../core/ref.ts';
import type { ConfigFile } from '../core/snapshot.ts';
import type { Settings } from '../model/settings.ts';

/** Longest stretch of a source line that is shown. */
const EXCERPT_WIDTH = 160;
/** What stands further right on a line is shown from there on. */
const FAR_RIGHT = 120;
/** So much more is looked at for secrets than is shown: one that begins in what is shown is recognised whole. */
const MASK_AHEAD = 600;

/** Turns symbolic places into files, lines and columns, through every `$include`. */
export class Locator {
  private readonly settings: Settings;
  private readonly configPath: string;
  private readonly lines = new Map<ConfigFile, LineIndex>();

  constructor(settings: Settings, configPath: string) {
    this.settings = settings;
    this.configPath = configPath;
  }

  locate(ref: Ref): Location {
    switch (ref.kind) {
      case 'key':
        return this.locateKey(ref.path);
      case 'file':
        return { file: ref.path, exact: true };
      case 'line': {
        const config = this.settings.document.files.find((f) => f.path === ref.path && f.text !== '');
        if (config) {
          const start = this.index(config).offset(ref.line) + (ref.column ?? 1) - 1;
          const at = { file: 0, start, end: start };
          return this.place(config, at, at, undefined, true);
        }
        return {
          file: ref.path,
          line: ref.line,
          ...(ref.column === undefined ? {} : { column: ref.column }),
          exact: true,
        };
      }
      case 'env':
        return { file: `$${ref.name}`, exact: true };
    }
  }

  private locateKey(path: KeyPath): Location {
    const { document } = this.settings;
    const keyPath = formatKeyPath(path);
    let value: Value | undefined = document.root;
    if (!value) return { file: this.configPath, keyPath, exact: false };
    let key: Origin | undefined;
    let depth = 0;
    for (const step of path) {
      const child = childOf(value, step);
      if (!child) break;
      key = value.kind === 'object' ? value.entries.get(String(step))!.keyOrigin : child.origin;
      value = child;
      depth++;
    }
    const exact = depth === path.length;
    const at = key ?? { ...value.origin, end: value.origin.start + 1 };
    const file = document.files[at.file]!;
    const through = exact && value.origin.file === at.file ? value.origin : at;
    return this.place(file, at, through, keyPath, exact);
  }

  private place(file: ConfigFile, from: Origin, to: Origin, keyPath: string | undefined, exact: boolean): Location {
    const index = this.index(file);
    const start = index.position(from.start);
    const end = index.position(to.end);
    const oneLine = end.line === start.line;
    const excerpt = this.excerpt(file, start.line, start.column, oneLine ? end.column : undefined);
    return {
      file: file.path,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      ...(keyPath ? { keyPath } : {}),
      exact,
      ...(excerpt ? { excerpt } : {}),
    };
  }

  private index(file: ConfigFile): LineIndex {
    let index = this.lines.get(file);
    if (!index) {
      index = lineIndex(file.text);
      this.lines.set(file, index);
    }
    return index;
  }

  /** Two lines: the one before, where it has something on it, and the one meant. */
  private excerpt(file: ConfigFile, line: number, column: number, endColumn: number | undefined): Excerpt | undefined {
    if (file.text === '') return undefined;
    const index = this.index(file);
    const broken = parsedFile(file).problem !== undefined;
    const shown = (n: number, skip: number): string => {
      const length = index.lineText(n).length;
      const from = index.offset(n) + skip;
      const to = index.offset(n) + Math.min(length, skip + EXCERPT_WIDTH + MASK_AHEAD);
      const masked = maskStretch(file.text, from, to, file.secrets);
      const text = broken ? hideStrings(masked) : masked;
      const cut = text.length > EXCERPT_WIDTH || to < index.offset(n) + length;
      return `${skip > 0 ? '…' : ''}${text.slice(0, EXCERPT_WIDTH)}${cut ? '…' : ''}`;
    };
    // A whole config may stand on one line. Where it does not parse, strings are told from its beginning only.
    const skip = column > FAR_RIGHT && !broken ? column - 1 : 0;
    const first = skip === 0 && line > 1 && index.lineText(line - 1).trim() !== '' ? line - 1 : line;
    const lines = [...(first < line ? [shown(first, 0)] : []), shown(line, skip)];
    const target = lines[lines.length - 1]!;
    const start = skip > 0 ? 2 : column;
    // Masking changes lengths, so the mark is only exact where nothing before it was masked.
    const source = index.offset(line);
    const untouched = skip > 0 || target.slice(0, column - 1) === file.text.slice(source, source + column - 1);
    const end = Math.min(endColumn === undefined ? target.length + 1 : endColumn - column + start, target.length + 1);
    return {
      startLine: first,
      lines,
      ...(untouched && start <= EXCERPT_WIDTH ? { mark: [start, Math.max(start + 1, end)] as const } : {}),
    };
  }
}

/** In a text that does not parse nobody knows which strings are secrets, so none is shown. */
function hideStrings(line: string): string {
  return line.replace(/(["'])(?:\\.|(?!\1).)*(\1|$)(?!\s*:)/g, (s, q: string) => (s.length > 2 ? `${q}•••${q}` : s));
}
