import { resolveImport } from '../js/resolve.ts';
import type { ScanFile, ScanInput } from '../types.ts';
import { packageOf, resolvePackage, specifiersOf } from './imports.ts';
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

/** The files of a package by path, and how they name one another. */
export class PackageFiles {
  /** In the order of their paths. */
  readonly sources: readonly SourceFile[];
  private readonly byPath: ReadonlyMap<string, SourceFile>;
  private readonly mains = new Map<string, readonly string[]>();
  private readonly imported = new Map<string, readonly string[]>();

  constructor(input: ScanInput) {
    const sources = input.files.flatMap((file): SourceFile[] =>
      file.text === undefined ? [] : [{ path: file.path, text: file.text, kind: sourceKind(file), file }],
    );
    sources.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    this.sources = sources;
    this.byPath = new Map(sources.map((s) => [s.path, s]));
  }

  get(path: string): SourceFile | undefined {
    return this.byPath.get(path);
  }

  readonly has = (path: string): boolean => this.byPath.has(path);

  /** The file that `specifier` means in `from`, when it is one of the package or of a dependency that lies in it. */
  resolve(specifier: string, from: string): string | undefined {
    return (
      resolveImport(specifier, from, this.has) ?? resolvePackage(specifier, from, this.has, (dir) => this.mainOf(dir))
    );
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

/** The top-level directory of a dependency that a file belongs to, or ''. */
export function dependencyOf(path: string): string {
  const at = path.lastIndexOf('node_modules/');
  return at < 0 ? '' : packageOf(path.slice(at + 'node_modules/'.length));
}
