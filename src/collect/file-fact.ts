import { lstatSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import type { FileFact, FileKind, FileRole } from '../core/snapshot.ts';
import { errnoCode, errnoReason, isAbsent } from './errno.ts';

/** Type bits of a mode, and their values. */
export const S_IFMT = 0o170000;
export const S_IFDIR = 0o040000;
export const S_IFREG = 0o100000;

const KINDS: ReadonlyMap<number, FileKind> = new Map([
  [S_IFREG, 'file'],
  [S_IFDIR, 'directory'],
  [0o120000, 'symlink'],
  [0o010000, 'fifo'],
  [0o140000, 'socket'],
  [0o060000, 'device'],
  [0o020000, 'device'],
]);

export interface FactOptions {
  readonly role: FileRole;
  readonly agent?: string;
  /** False on Windows, where modes and owners say nothing: mode is then 0. */
  readonly modes: boolean;
}

/** What `lstat` and, through a link, `stat` say of a path. Opens nothing, so that a FIFO or device is only named. */
export function fileFact(path: string, options: FactOptions): FileFact {
  try {
    const own = lstatSync(path, { throwIfNoEntry: false });
    if (!own) return absent(path, options, 'missing');
    return factOf(path, own, options);
  } catch (error) {
    return isAbsent(error)
      ? absent(path, options, 'missing')
      : absent(path, options, 'unreadable', { error: errnoReason(error) });
  }
}

/**
 * The same, when `lstat` was asked already. `at` is the path in bytes where they are not UTF-8 and `path` is only their
 * readable form. Never throws.
 */
export function factOf(path: string, own: Stats, options: FactOptions, at: string | Buffer = path): FileFact {
  if (!own.isSymbolicLink()) return describe(path, own, options);
  const link = { target: targetOf(at) };
  try {
    const end = statSync(at);
    return { ...describe(path, end, options), link: { ...link, real: realpathSync.native(at) } };
  } catch (error) {
    const reason = errnoReason(error);
    // A link to nothing is a fact; a link whose target the auditor may not see is a thing unknown.
    const broken = isAbsent(error) || errnoCode(error) === 'ELOOP';
    return broken
      ? { ...describe(path, own, options), link, error: reason }
      : absent(path, options, 'unreadable', { link, error: reason });
  }
}

function describe(path: string, stats: Stats, { role, agent, modes }: FactOptions): FileFact {
  const { mode } = stats;
  return {
    path,
    role,
    ...(agent !== undefined && { agent }),
    kind: KINDS.get(mode & S_IFMT) ?? 'device',
    mode: modes ? mode & 0o7777 : 0,
    ...(modes && { uid: stats.uid, gid: stats.gid }),
    size: stats.size,
    nlink: stats.nlink,
  };
}

function absent(
  path: string,
  { role, agent }: FactOptions,
  kind: 'missing' | 'unreadable',
  more: { readonly link?: { readonly target: string }; readonly error?: string } = {},
): FileFact {
  return { path, role, ...(agent !== undefined && { agent }), kind, mode: 0, ...more };
}

function targetOf(path: string | Buffer): string {
  try {
    return readlinkSync(path);
  } catch {
    // Replaced between two calls.
    return '';
  }
}
