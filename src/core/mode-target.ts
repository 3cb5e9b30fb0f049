import type { FileFact, FileRole, LooseGroup } from './snapshot.ts';

/** A file or directory that others can reach, as `lstat` saw it. */
export interface ModeTarget {
  readonly path: string;
  /** Where it leads, when a directory on the way is a link. */
  readonly realPath?: string;
  readonly role: FileRole;
  readonly agent?: string;
  readonly dir: boolean;
  /** The path itself is a symbolic link. */
  readonly link: boolean;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly nlink: number;
  /** The walk met it; false for a file that the snapshot names. */
  readonly walked: boolean;
  /** The group of the snapshot that counts it. */
  readonly counted?: LooseGroup['access'];
  /** Its name is not UTF-8, so it cannot be named. */
  readonly unnameable?: true;
}

/** A directory in which a group is let in on purpose. */
export interface SharedGround {
  readonly path: string;
  /** One clause for people. */
  readonly reason: string;
}

/** The target that a named file or directory is; undefined for what has no mode of its own to change. */
export function namedTarget(fact: FileFact, realPath: string | undefined): ModeTarget | undefined {
  if (fact.kind !== 'file' && fact.kind !== 'directory') return undefined;
  return {
    path: fact.path,
    ...(realPath === undefined ? {} : { realPath }),
    role: fact.role,
    dir: fact.kind === 'directory',
    link: fact.link !== undefined,
    mode: fact.mode,
    uid: fact.uid ?? -1,
    gid: fact.gid ?? -1,
    nlink: fact.nlink ?? 1,
    walked: false,
  };
}
