import fs from 'node:fs';
import path from 'node:path';

/** The user that this process acts as; `undefined` on Windows. */
export function effectiveUid(): number | undefined {
  return process.geteuid?.();
}

/** In a user namespace everything that belongs to a user outside of it, root included, shows this owner. */
const OVERFLOW_UID = 65534;
let mapped: boolean | undefined;

/** Whether a user could not be an attacker: root, or root as it looks from inside a user namespace. */
export function isRoot(uid: number): boolean {
  return uid === 0 || (uid === OVERFLOW_UID && inUserNamespace());
}

function inUserNamespace(): boolean {
  if (mapped === undefined)
    try {
      mapped = !/^\s*0\s+0\s+4294967295\s*$/.test(fs.readFileSync('/proc/self/uid_map', 'utf8'));
    } catch {
      mapped = false;
    }
  return mapped;
}

/** A symbolic link on the way to a file, and who made it. */
interface TraversedLink {
  readonly path: string;
  readonly uid: number;
}

/** As many as Linux follows. */
const MAX_LINKS = 40;

/**
 * Follows every link in `from` and names the links on the way; parts that do not exist stay as they are. Throws Node's
 * errors for parts that cannot be looked at, and one with code `ELOOP` for too many links.
 */
export function followLinks(from: string): { real: string; links: readonly TraversedLink[] } {
  const links: TraversedLink[] = [];
  const { root } = path.parse(from);
  let real = root;
  const parts = from.slice(root.length).split(path.sep).reverse();
  while (parts.length > 0) {
    const part = parts.pop()!;
    if (part === '' || part === '.') continue;
    if (part === '..') {
      real = path.dirname(real);
      continue;
    }
    const next = path.join(real, part);
    const stat = fs.lstatSync(next, { throwIfNoEntry: false });
    if (!stat?.isSymbolicLink()) {
      real = next;
      continue;
    }
    links.push({ path: next, uid: stat.uid });
    if (links.length > MAX_LINKS) throw Object.assign(new Error('too many links'), { code: 'ELOOP' });
    const target = fs.readlinkSync(next);
    if (path.isAbsolute(target)) real = path.parse(target).root;
    parts.push(...target.split(path.sep).reverse());
  }
  return { real, links };
}

/** Whether `file` is `directory` or lies below it, by name alone. */
export function isInside(file: string, directory: string): boolean {
  const relative = path.relative(directory, file);
  return relative === '' || (!path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..');
}
