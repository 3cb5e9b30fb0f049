import { resolveImport } from '../js/resolve.ts';
import type { ScanFile, ScanInput } from '../types.ts';
import { resolvePackage, specifiersOf } from './imports.ts';
import { type SourceKind, sourceKind } from './kinds.ts';
import { plainValue } from './plain-data.ts';
import { readJson } from './placed-json.ts';

/** A file with text, and what reads it. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly kind: SourceKind;
  readonly file: ScanFile;
}

/** Links that lead to links; more are none, or a circle. */
const MAX_HOPS = 10;

/** The files of a package by path, and how they name one another. */
export class PackageFiles {
  /** In the order of their paths. */
  readonly sources: readonly SourceFile[];
  private readonly byPath: ReadonlyMap<string, SourceFile>;
  /** All of them, also those without text. */
  private readonly paths: ReadonlySet<string>;
  /** Where symbolic links lead, as they are written. */
  private readonly links: ReadonlyMap<string, string>;
  private readonly mains = new Map<string, readonly string[]>();
  private readonly imported = new Map<string, readonly string[]>();

  constructor(input: ScanInput) {
    const sources = input.files.flatMap((file): SourceFile[] =>
      file.text === undefined ? [] : [{ path: file.path, text: file.text, kind: sourceKind(file), file }],
    );
    sources.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    this.sources = sources;
    this.byPath = new Map(sources.map((s) => [s.path, s]));
    this.paths = new Set(input.files.map((f) => f.path));
    this.links = new Map(input.files.flatMap((f) => (f.symlink === undefined ? [] : [[f.path, f.symlink] as const])));
  }

  get(path: string): SourceFile | undefined {
    return this.byPath.get(path);
  }

  /** True for every file of the package, read or not, also under the name that a link gives it. */
  readonly has = (path: string): boolean => this.paths.has(this.real(path));

  /** The path without links, as far as they lead to files of the package; else that of the link that leads out. */
  real(path: string): string {
    let at = path;
    for (let hops = 0; this.links.size > 0 && hops < MAX_HOPS; hops++) {
      const link = this.linkIn(at);
      if (link === undefined) return at;
      const to = linkTarget(link, this.links.get(link)!);
      if (to === undefined) return link;
      at = `${to}${at.slice(link.length)}`;
    }
    return at;
  }

  /** True for a link that leads out of the package. */
  leadsOut(path: string): boolean {
    const target = this.links.get(path);
    return target !== undefined && linkTarget(path, target) === undefined;
  }

  private linkIn(path: string): string | undefined {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1))
      if (this.links.has(path.slice(0, end))) return path.slice(0, end);
    return this.links.has(path) ? path : undefined;
  }

  /** The file that `specifier` means in `from`, when it is one of the package or of a dependency that lies in it. */
  resolve(specifier: string, from: string): string | undefined {
    const found =
      resolveImport(specifier, from, this.has) ?? resolvePackage(specifier, from, this.has, (dir) => this.mainOf(dir));
    return found === undefined ? undefined : this.real(found);
  }

  /** The files of the package that a script names in its imports. */
  importsOf(source: SourceFile): readonly string[] {
    let known = this.imported.get(source.path);
    if (!known) {
      const found = specifiersOf(source.text).map((s) => this.resolve(s, source.path));
      known = [...new Set(found.filter((p): p is string => p !== undefined))];
      this.imported.set(source.path, known);
    }
    return known;
  }

  private mainOf(directory: string): readonly string[] {
    let known = this.mains.get(directory);
    if (!known) {
      const text = this.byPath.get(`${directory}/package.json`)?.text;
      const fields = text === undefined ? undefined : plainValue(readJson(text));
      known =
        typeof fields === 'object' && fields !== null ? mainFields(fields as Readonly<Record<string, unknown>>) : [];
      this.mains.set(directory, known);
    }
    return known;
  }
}

/** Where a link leads, relative to the package; undefined when that is out of it. */
function linkTarget(link: string, target: string): string | undefined {
  if (/^(?:[/\\]|[A-Za-z]:)/.test(target)) return undefined;
  const steps = link.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

/** What loading a package by its name can mean, the most likely first. */
function mainFields(fields: Readonly<Record<string, unknown>>): readonly string[] {
  const out: string[] = [];
  const collect = (value: unknown, depth: number): void => {
    if (typeof value === 'string') out.push(value);
    else if (typeof value === 'object' && value !== null && depth < 4) {
      const entries = Object.entries(value).filter(([key]) => key !== 'types' && (key === '.' || !key.startsWith('.')));
      for (const [, item] of entries) collect(item, depth + 1);
    }
  };
  collect(fields.exports, 0);
  collect(fields.main, 0);
  collect(fields.module, 0);
  return out;
}
