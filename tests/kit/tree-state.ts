import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Permission bits of everything below a directory, or `symlink`, by relative path. */
export function modesBelow(dir: string): Record<string, string> {
  const out: Record<string, string> = {};
  visit(dir, '', (path, relative) => {
    const stat = lstatSync(path);
    out[relative] = stat.isSymbolicLink() ? 'symlink' : (stat.mode & 0o7777).toString(8).padStart(4, '0');
  });
  return out;
}

/** Mode and content of everything below a directory. */
export function stateBelow(dir: string): Record<string, string> {
  const out: Record<string, string> = {};
  visit(dir, '', (path, relative) => {
    const stat = lstatSync(path);
    const mode = (stat.mode & 0o7777).toString(8);
    if (stat.isSymbolicLink()) out[relative] = `link ${readlinkSync(path)}`;
    else if (stat.isFile()) out[relative] = `${mode} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
    else out[relative] = mode;
  });
  return out;
}

/** Modification time, owner and inode of everything below a directory; times in nanoseconds. */
export function timesBelow(dir: string): Record<string, string> {
  const out: Record<string, string> = {};
  visit(dir, '', (path, relative) => {
    const { mtimeNs, uid, gid, ino } = lstatSync(path, { bigint: true });
    out[relative] = [mtimeNs, uid, gid, ino].join(' ');
  });
  return out;
}

function visit(dir: string, prefix: string, see: (path: string, relative: string) => void): void {
  for (const name of readdirSync(dir).sort()) {
    const path = join(dir, name);
    const relative = prefix === '' ? name : `${prefix}/${name}`;
    see(path, relative);
    if (lstatSync(path).isDirectory()) visit(path, relative, see);
  }
}
