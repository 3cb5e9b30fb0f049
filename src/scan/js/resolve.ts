import { directory, resolveInside } from '../paths.ts';

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx', '.json'];
/** TypeScript sources import the name of what they are compiled to. */
const COMPILED: readonly (readonly [string, readonly string[]])[] = [
  ['.js', ['.ts', '.tsx', '.jsx']],
  ['.mjs', ['.mts']],
  ['.cjs', ['.cts']],
  ['.jsx', ['.tsx']],
];

/**
 * The file that an import of `specifier` in `from` means, among the files of the package; undefined for packages and
 * for what is not there. `has` tells whether a path exists.
 */
export function resolveImport(specifier: string, from: string, has: (path: string) => boolean): string | undefined {
  const plain = specifier.replace(/[?#].*$/, '').replace(/^file:\/\//, '');
  if (!/^\.{0,2}\//.test(plain) && plain !== '.' && plain !== '..' && !plain.startsWith('\uE001')) return undefined;
  const path = plain.startsWith('\uE001') ? resolveInside('', plain.slice(1)) : resolveInside(directory(from), plain);
  return path === undefined ? undefined : resolveFile(path, has);
}

/** A path with or without its extension, or a directory with an index. */
export function resolveFile(path: string, has: (path: string) => boolean): string | undefined {
  if (path !== '' && has(path)) return path;
  for (const extension of EXTENSIONS) if (has(path + extension)) return path + extension;
  for (const [compiled, sources] of COMPILED) {
    if (!path.endsWith(compiled)) continue;
    const stem = path.slice(0, -compiled.length);
    for (const source of sources) if (has(stem + source)) return stem + source;
  }
  const index = path === '' ? 'index' : `${path}/index`;
  for (const extension of EXTENSIONS) if (has(index + extension)) return index + extension;
  return undefined;
}
