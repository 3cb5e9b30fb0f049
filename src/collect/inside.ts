import { isAbsolute, relative, sep } from 'node:path';

/** True when `path` is `directory` or lies below it. Both are absolute; links are not followed. */
export function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
