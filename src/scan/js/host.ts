import type { ModuleHost } from '../flow/machine.ts';
import { Unit } from '../flow/frame.ts';
import { eachChild } from '../flow/node.ts';
import { Obj } from '../flow/object.ts';
import type { Machine } from '../flow/machine.ts';
import type { PackageFiles, SourceFile } from '../package/package-files.ts';
import { scriptLanguages } from '../package/kinds.ts';
import type { ParseOutcome, ScriptParser, SyntaxNode } from '../types.ts';
import { isModelled, JAVASCRIPT, prepareUnit } from './language.ts';

const MAX_JSON = 500_000;
/** Characters of a file whose text is followed when the code reads it. */
const MAX_DATA = 100_000;
/** Characters of code in strings that are parsed for one file, and how many texts. */
const MAX_INLINE_CHARS = 2_000_000;
const MAX_INLINE_TEXTS = 400;
/** Places in code from strings are that of the call plus a fraction, which keeps its nodes apart. */
const FRACTION = 2 ** -28;

/** Parses a script in the first dialect that takes it. */
export function parseScript(parser: ScriptParser, path: string, text: string): ParseOutcome {
  // The first line of a program is not JavaScript; its length is kept.
  const code = text.startsWith('#!') ? `//${text.slice(2)}` : text;
  let first: ParseOutcome | undefined;
  for (const language of scriptLanguages(path)) {
    const outcome = parser(code, language);
    if (outcome.ok) return outcome;
    first ??= outcome;
  }
  return first ?? { ok: false, reason: 'no dialect' };
}

/** Gives the machine the modules of one batch of files, parsed when they are asked for. */
export class ScriptHost implements ModuleHost {
  /** Why a file has no tree. */
  readonly unparsable = new Map<string, string>();
  readonly units = new Map<string, Unit>();
  /** Files that the analysis saw being loaded. */
  readonly loaded = new Set<string>();
  /** Files that were asked for when there was no room left. */
  readonly refused = new Set<string>();
  machine!: Machine;
  private readonly files: PackageFiles;
  private readonly parser: ScriptParser;
  private room: number;
  private inlineNodes = 0;
  private readonly inline = new Map<string, SyntaxNode | undefined>();
  private readonly inlineUse = new Map<Unit, { chars: number; texts: number }>();
  private nextId = -1;

  /** @param room Characters of source that this batch may hold. */
  constructor(files: PackageFiles, parser: ScriptParser, room: number) {
    this.files = files;
    this.parser = parser;
    this.room = room;
  }

  /** The unit of a file; undefined when it cannot be parsed or there is no room. */
  unit(path: string): Unit | undefined {
    const known = this.units.get(path);
    if (known || this.unparsable.has(path)) return known;
    const source = this.files.get(path);
    if (!source) return undefined;
    if (source.text.length > this.room && this.units.size > 0) {
      this.refused.add(path);
      return undefined;
    }
    const outcome = source.kind === 'json' ? this.parseData(source) : parseScript(this.parser, path, source.text);
    if (!outcome.ok) {
      if (source.kind === 'script') this.unparsable.set(path, outcome.reason);
      return undefined;
    }
    this.room -= source.text.length;
    const unit = this.prepared(path, outcome.program);
    this.units.set(path, unit);
    return unit;
  }

  /** Code that is no file of its own; places are offsets into it. */
  inlineUnit(text: string, path: string): Unit | undefined {
    const outcome = parseScript(this.parser, '', text);
    return outcome.ok ? this.prepared(path, outcome.program) : undefined;
  }

  private prepared(path: string, program: SyntaxNode): Unit {
    const unit = new Unit(path, JAVASCRIPT, program, new Obj(this.nextId--, 'module'));
    prepareUnit(this.machine, unit, new Obj(this.nextId--, 'object'));
    return unit;
  }

  resolve(specifier: string, unit: Unit): Unit | undefined {
    if (isModelled(specifier)) return undefined;
    const path = this.files.resolve(specifier, unit.path);
    if (path === undefined) return undefined;
    this.loaded.add(path);
    return this.unit(path);
  }

  textOf(path: string): string | undefined {
    const text = this.files.get(path)?.text;
    return text !== undefined && text.length <= MAX_DATA ? text : undefined;
  }

  parseInline(text: string, unit: Unit, position: number): SyntaxNode | undefined {
    const key = `${unit.path}\n${Math.floor(position)}\n${text}`;
    if (this.inline.has(key)) return this.inline.get(key);
    const used = this.inlineUse.get(unit) ?? { chars: 0, texts: 0 };
    this.inlineUse.set(unit, used);
    used.chars += text.length;
    used.texts++;
    let program: SyntaxNode | undefined;
    if (used.chars <= MAX_INLINE_CHARS && used.texts <= MAX_INLINE_TEXTS) {
      const outcome = this.parser(text, 'jsx');
      if (outcome.ok) program = this.moved(outcome.program, Math.floor(position));
    }
    this.inline.set(key, program);
    return program;
  }

  /** All nodes brought to one place. */
  private moved(program: SyntaxNode, position: number): SyntaxNode {
    const stack: SyntaxNode[] = [program];
    for (let node = stack.pop(); node; node = stack.pop()) {
      const place = position + ++this.inlineNodes * FRACTION;
      Object.assign(node, { start: place, end: place });
      eachChild(node, (c) => stack.push(c));
    }
    return program;
  }

  /** A JSON module as the program that exports it. */
  private parseData(source: SourceFile): ParseOutcome {
    if (source.text.length > MAX_JSON) return { ok: false, reason: 'too large' };
    return this.parser(`module.exports=${source.text.replace(/^\uFEFF/, '')}`, 'js');
  }
}
