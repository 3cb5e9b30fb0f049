import { directory, resolveInside } from '../paths.ts';
import { parsePython } from './parse.ts';
import type { Statement } from './syntax.ts';
import type { PyValue } from './value.ts';

const MAX_MODULES = 30;
const MAX_TEXT = 300_000;

/** The other files of the package that a file imports. */
export class Modules {
  readonly loaded = new Map<string, PyValue>();
  private readonly source: (path: string) => string | undefined;

  constructor(source: (path: string) => string | undefined) {
    this.source = source;
  }

  /** The file of a module, as seen from another file; undefined for what the package does not hold. */
  find(module: string, from: string): string | undefined {
    const dots = /^\.*/.exec(module)![0].length;
    const name = module.slice(dots).replaceAll('.', '/');
    const here = directory(from);
    const bases = dots > 0 ? [resolveInside(here, '../'.repeat(dots - 1) || '.')] : [here, ''];
    for (const base of bases) {
      if (base === undefined) continue;
      const root = base === '' ? name : `${base}/${name}`;
      for (const path of [`${root}.py`, `${root}/__init__.py`]) {
        if (
          path !== from &&
          (this.loaded.has(path) || (this.loaded.size < MAX_MODULES && this.source(path) !== undefined))
        )
          return path;
      }
    }
    return undefined;
  }

  /** The statements of a file. The module is known before it is looked at, since modules may import each other. */
  read(path: string, module: PyValue): readonly Statement[] {
    this.loaded.set(path, module);
    const text = this.source(path) ?? '';
    return text.length > MAX_TEXT ? [] : parsePython(text);
  }
}
