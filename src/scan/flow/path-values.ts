import { classifyPath, showPath } from '../data/sensitive-paths.ts';
import type { CallSite, Machine } from './machine.ts';
import { source } from './model.ts';
import { constants, HOLE, PACKAGE, stringsOf, type Taint, type Value } from './value.ts';

/** Resolves `.` and `..` in a path pattern. */
export function normalizePath(path: string): string {
  const root = path.startsWith('/') ? '/' : '';
  const out: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (
      part === '..' &&
      out.length > 0 &&
      out.at(-1) !== '..' &&
      out.at(-1) !== HOLE &&
      out.at(-1) !== PACKAGE &&
      out.at(-1) !== '~'
    )
      out.pop();
    else out.push(part);
  }
  return root + out.join('/');
}

/** All ways to join path parts; `absolute` parts start over where the platform's function does. */
export function joinPaths(parts: readonly Value[], restarts: boolean): Value {
  let paths: string[] = [''];
  for (const part of parts) {
    const next = new Set<string>();
    for (const path of paths) {
      for (const piece of stringsOf(part)) {
        const starts = restarts && (piece.startsWith('/') || piece.startsWith('~') || piece.startsWith(PACKAGE));
        next.add(path === '' || starts ? piece : `${path}/${piece}`);
      }
    }
    paths = [...next].slice(0, 12);
  }
  const value = constants(paths.map(normalizePath));
  const taints = parts.flatMap((p) => p.taints);
  return taints.length === 0 ? value : { ...value, taints };
}

/** The labels of a file's content, by where the file is. */
export function contentTaints(machine: Machine, site: CallSite, path: Value): readonly Taint[] {
  const out: Taint[] = [];
  let any = false;
  for (const text of stringsOf(path)) {
    const found = classifyPath(text);
    const shown = showPath(text);
    if (found.kind === 'credential')
      out.push(source(machine, site, 'credential-file', found.what, `reads ${found.what} (${shown})`));
    else if (found.kind === 'session')
      out.push(source(machine, site, 'session-store', found.what, `reads ${found.what} (${shown})`));
    else if (found.kind === 'home') out.push(source(machine, site, 'home-file', shown, `reads ${shown}`));
    else any = true;
  }
  if (any && out.length === 0) {
    const names = stringsOf(path)
      .map(showPath)
      .filter((p) => p !== '…');
    out.push(source(machine, site, 'file', names[0] ?? '', `reads ${names[0] ?? 'a file'}`));
  }
  return out;
}
