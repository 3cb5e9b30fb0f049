import type { KeyPath } from '../core/ref.ts';
import type { ConfigFile, ConfigFileError, SecretSpan } from '../core/snapshot.ts';
import { parseJson5 } from './parse.ts';
import { substitute, type VariableLookup } from './substitute.ts';
import type { Member, ParseResult, Span, SyntaxNode } from './syntax.ts';
import type { Entry, ObjectValue, Origin, Value } from './value.ts';

/** Limits of OpenClaw 2026.3.7 for `$include`. */
export const INCLUDE_DEPTH_LIMIT = 10;
export const INCLUDE_SIZE_LIMIT = 2 * 1024 * 1024;

/** Something in the config's text that OpenClaw would refuse or ignore. */
export interface DocumentProblem {
  readonly kind:
    | 'syntax'
    | 'not-an-object'
    | 'include-unreadable'
    | 'include-outside-root'
    | 'include-cycle'
    | 'include-too-deep'
    | 'include-shape'
    | 'include-siblings'
    | 'duplicate-key'
    | 'prototype-key';
  readonly file: number;
  readonly span: Span;
  readonly message: string;
}

/** The merged config. */
export interface ConfigDocument {
  readonly files: readonly ConfigFile[];
  readonly root: Value | undefined;
  readonly problems: readonly DocumentProblem[];
  /** True when OpenClaw could read all of it: no syntax error, every include resolved. */
  readonly loadable: boolean;
}

/** How the loader gets at an included file: the collector reads the disk, a replay looks into the snapshot. */
export interface IncludeReader {
  /** Absolute path of an include target as written in a file. */
  resolve(target: string, fromFile: string): string;
  read(path: string): ConfigFile;
}

const parses = new WeakMap<ConfigFile, ParseResult>();

/** Parses a config file once, however often it is asked for. */
export function parsedFile(file: ConfigFile): ParseResult {
  let result = parses.get(file);
  if (!result) {
    result = parseJson5(file.text);
    parses.set(file, result);
  }
  return result;
}

/** Lets a copy of a file with other annotations share the parse of the same text. */
export function shareParse(from: ConfigFile, to: ConfigFile): void {
  const parsed = parses.get(from);
  if (parsed && from.text === to.text) parses.set(to, parsed);
}

const FILE_ERRORS: Record<ConfigFileError, string> = {
  missing: 'does not exist',
  unreadable: 'cannot be read',
  'not-a-file': 'is not a regular file',
  'too-large': 'is larger than OpenClaw accepts',
  undecodable: 'is not UTF-8 text',
  'outside-root': 'lies outside the directory of the main config',
  'hard-linked': 'has more than one hard link, which OpenClaw refuses',
  'changed-while-reading': 'kept changing while it was read',
};

/** One clause for people: `does not exist`. */
export function describeFileError(error: ConfigFileError): string {
  return FILE_ERRORS[error];
}

/**
 * Builds the merged config from its main file: `$include` (string or list, any depth, relative to the including file;
 * lists concatenate, objects merge, siblings win), `${NAME}` substitution, and the place of every part. What OpenClaw
 * would refuse becomes a problem and leaves a marked gap; the rest stays usable.
 */
export function loadDocument(main: ConfigFile, reader: IncludeReader, lookup: VariableLookup): ConfigDocument {
  return new Loader(reader, lookup).load(main);
}

class Loader {
  private readonly files: ConfigFile[] = [];
  private readonly indexes = new Map<string, number>();
  private readonly problems: DocumentProblem[] = [];
  private readonly secrets: (ReadonlyMap<number, SecretSpan> | undefined)[] = [];
  private loadable = true;
  private readonly reader: IncludeReader;
  private readonly lookup: VariableLookup;

  constructor(reader: IncludeReader, lookup: VariableLookup) {
    this.reader = reader;
    this.lookup = lookup;
  }

  load(main: ConfigFile): ConfigDocument {
    const index = this.add(main);
    const root = main.error ? undefined : this.fileValue(index, [index]);
    if (root && root.kind !== 'object') {
      this.problem('not-an-object', index, root.origin, 'the top level must be an object');
    }
    if (main.error) this.loadable = false;
    return { files: this.files, root, problems: this.problems, loadable: this.loadable };
  }

  private add(file: ConfigFile): number {
    this.files.push(file);
    this.indexes.set(file.path, this.files.length - 1);
    this.secrets.push(file.secrets.length ? new Map(file.secrets.map((s) => [s.start, s])) : undefined);
    return this.files.length - 1;
  }

  private problem(kind: DocumentProblem['kind'], file: number, span: Span, message: string): void {
    if (kind !== 'duplicate-key' && kind !== 'prototype-key') this.loadable = false;
    this.problems.push({ kind, file, span: { start: span.start, end: span.end }, message });
  }

  private fileValue(index: number, chain: readonly number[]): Value | undefined {
    const parsed = parsedFile(this.files[index]!);
    const broken = parsed.problem;
    if (broken) {
      const at = { start: broken.offset, end: broken.offset };
      if (!this.problems.some((p) => p.kind === 'syntax' && p.file === index))
        this.problem('syntax', index, at, broken.message);
    }
    return parsed.root && this.convert(parsed.root, index, chain, broken?.offset ?? Number.POSITIVE_INFINITY);
  }

  /** Turns syntax into values bottom-up with an explicit stack; includes are merged when their object closes. */
  private convert(root: SyntaxNode, file: number, chain: readonly number[], brokenAt: number): Value {
    interface Frame {
      readonly node: SyntaxNode;
      readonly members: readonly Member[];
      readonly children: Value[];
    }
    const open = (node: SyntaxNode): Frame => ({
      node,
      members: node.kind === 'object' ? this.effectiveMembers(node.members, file) : [],
      children: [],
    });
    const stack: Frame[] = [open(root)];
    for (;;) {
      const frame = stack[stack.length - 1]!;
      const { node } = frame;
      const next =
        node.kind === 'object'
          ? frame.members[frame.children.length]?.value
          : node.kind === 'array'
            ? node.items[frame.children.length]
            : undefined;
      if (next) {
        stack.push(open(next));
        continue;
      }
      const value = this.close(node, frame.members, frame.children, file, chain, brokenAt);
      stack.pop();
      const parent = stack[stack.length - 1];
      if (!parent) return value;
      parent.children.push(value);
    }
  }

  private effectiveMembers(members: readonly Member[], file: number): readonly Member[] {
    const last = new Map<string, Member>();
    for (const m of members) {
      if (last.has(m.key)) this.problem('duplicate-key', file, m.keySpan, 'this key stands twice; the last one counts');
      if (m.key === '__proto__' || m.key === 'constructor' || m.key === 'prototype')
        this.problem('prototype-key', file, m.keySpan, 'OpenClaw drops a key of this name');
      // OpenClaw's own reading of the parsed config loses this one; the other two are lost in merges only.
      if (m.key !== '__proto__') last.set(m.key, m);
    }
    return last.size === members.length ? members : [...last.values()];
  }

  private close(
    node: SyntaxNode,
    members: readonly Member[],
    children: readonly Value[],
    file: number,
    chain: readonly number[],
    brokenAt: number,
  ): Value {
    const origin: Origin = { file, start: node.start, end: node.end };
    const cut = node.end >= brokenAt ? 'the text breaks off here' : undefined;
    switch (node.kind) {
      case 'object': {
        const entries = new Map<string, Entry>();
        members.forEach((m, i) => {
          entries.set(m.key, { value: children[i]!, keyOrigin: { file, ...m.keySpan } });
        });
        const object: ObjectValue = { kind: 'object', origin, entries, ...(cut ? { incomplete: cut } : {}) };
        return entries.has('$include') ? this.include(object, file, chain) : object;
      }
      case 'array':
        return { kind: 'array', origin, items: [...children], ...(cut ? { incomplete: cut } : {}) };
      case 'string':
        return this.string(node.value, origin);
      default:
        return { kind: node.kind, origin, value: node.value };
    }
  }

  private string(raw: string, origin: Origin): Value {
    const secret = this.secrets[origin.file]?.get(origin.start);
    if (!raw.includes('${')) return { kind: 'string', origin, value: raw, ...(secret ? { secret } : {}) };
    const s = substitute(raw, this.lookup);
    const template = { names: s.names, unset: s.unset, withheld: s.withheld };
    return {
      kind: 'string',
      origin,
      value: s.text,
      ...(s.names.length ? { template } : {}),
      ...(secret ? { secret } : {}),
    };
  }

  private include(object: ObjectValue, file: number, chain: readonly number[]): Value {
    const directive = object.entries.get('$include')!;
    const rest = new Map(object.entries);
    rest.delete('$include');
    const targets =
      directive.value.kind === 'string'
        ? [directive.value]
        : directive.value.kind === 'array'
          ? directive.value.items
          : undefined;
    let gap: string | undefined = object.incomplete;
    let merged: Value | undefined;
    if (!targets?.every((t) => t.kind === 'string')) {
      this.problem(
        'include-shape',
        file,
        directive.value.origin,
        '$include takes a path or a list of paths, nothing else',
      );
      gap = '$include is not a path';
    } else {
      for (const t of targets) {
        const got = this.included(t.kind === 'string' ? this.rawText(t, file) : '', t.origin, file, chain);
        if (typeof got === 'string') gap = got;
        else merged = merged ? merge(merged, got) : got;
      }
    }
    if (rest.size === 0 && merged && !gap) return merged;
    if (merged && merged.kind !== 'object' && rest.size > 0) {
      this.problem(
        'include-siblings',
        file,
        directive.value.origin,
        'keys beside $include need an included file that holds an object',
      );
      merged = undefined;
    }
    const siblings: ObjectValue = {
      kind: 'object',
      origin: object.origin,
      entries: rest,
      ...(gap ? { incomplete: gap } : {}),
    };
    return merged ? merge(merged, siblings) : siblings;
  }

  /** `$include` paths are not substituted: the literal counts. */
  private rawText(value: Extract<Value, { kind: 'string' }>, file: number): string {
    if (!value.template) return value.value;
    return literalAt(parsedFile(this.files[file]!).root, value.origin.start) ?? value.value;
  }

  /** The value of an included file, or why there is none. */
  private included(target: string, at: Origin, file: number, chain: readonly number[]): Value | string {
    const from = this.files[file]!;
    const path = this.reader.resolve(target, from.path);
    if (chain.length > INCLUDE_DEPTH_LIMIT) {
      this.problem('include-too-deep', file, at, `includes nest deeper than ${INCLUDE_DEPTH_LIMIT} levels`);
      return 'includes nest too deep';
    }
    let index = this.indexes.get(path);
    if (index !== undefined && chain.includes(index)) {
      this.problem('include-cycle', file, at, 'this file includes itself, directly or through others');
      return 'includes form a cycle';
    }
    index ??= this.add(this.reader.read(path));
    const error = this.files[index]!.error;
    if (error) {
      const kind = error === 'outside-root' ? 'include-outside-root' : 'include-unreadable';
      this.problem(kind, file, at, `the included file ${describeFileError(error)}`);
      return `an included file ${describeFileError(error)}`;
    }
    return this.fileValue(index, [...chain, index]) ?? 'an included file is empty';
  }
}

function literalAt(root: SyntaxNode | undefined, start: number): string | undefined {
  let node = root;
  while (node) {
    if (node.start === start && node.kind === 'string') return node.value;
    const children: readonly SyntaxNode[] =
      node.kind === 'object' ? node.members.map((m) => m.value) : node.kind === 'array' ? node.items : [];
    node = children.find((c) => c.start <= start && start < c.end);
  }
  return undefined;
}

const SKIPPED_IN_MERGE = new Set(['__proto__', 'prototype', 'constructor']);

/** Deeper than any real config; keeps recursion and path building bounded on hostile input. */
const DEPTH_LIMIT = 500;

/** OpenClaw's merge: objects by key, lists one after the other, anything else the later value. */
function merge(base: Value, over: Value, depth = 0): Value {
  if (depth > DEPTH_LIMIT) return over;
  if (base.kind === 'array' && over.kind === 'array') {
    const incomplete = base.incomplete ?? over.incomplete;
    return {
      kind: 'array',
      origin: over.origin,
      items: [...base.items, ...over.items],
      ...(incomplete ? { incomplete } : {}),
    };
  }
  if (base.kind !== 'object' || over.kind !== 'object') return over;
  const entries = new Map<string, Entry>();
  for (const [key, entry] of base.entries) if (!SKIPPED_IN_MERGE.has(key)) entries.set(key, entry);
  for (const [key, entry] of over.entries) {
    if (SKIPPED_IN_MERGE.has(key)) continue;
    const below = entries.get(key);
    entries.set(key, below ? { value: merge(below.value, entry.value, depth + 1), keyOrigin: entry.keyOrigin } : entry);
  }
  const incomplete = base.incomplete ?? over.incomplete;
  return { kind: 'object', origin: over.origin, entries, ...(incomplete ? { incomplete } : {}) };
}

/** Calls `visit` for every value below and including `root`, parents first, in document order, down to 500 levels. */
export function walkValues(root: Value, visit: (path: KeyPath, value: Value) => void): void {
  const stack: { path: KeyPath; value: Value }[] = [{ path: [], value: root }];
  for (let job = stack.pop(); job; job = stack.pop()) {
    const { path, value } = job;
    visit(path, value);
    if (path.length >= DEPTH_LIMIT) continue;
    const children: { path: KeyPath; value: Value }[] = [];
    if (value.kind === 'object')
      for (const [key, entry] of value.entries) children.push({ path: [...path, key], value: entry.value });
    else if (value.kind === 'array')
      for (const [i, item] of value.items.entries()) children.push({ path: [...path, i], value: item });
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i]!);
  }
}
