import path from 'node:path';
import { Directory, Entry } from './directory.ts';
import { errorCode, FixError, ioError, shown } from './errors.ts';
import { permissions } from './file.ts';
import { effectiveUid, followLinks, isInside, isRoot } from './trust.ts';

/** Where a path leads. */
export interface Target {
  readonly path: string;
  /** With every link followed. */
  readonly real: string;
  /** The caller named it as something in the state directory. */
  readonly inState: boolean;
}

/** What a target is. */
export interface Seen {
  readonly mode: number;
  readonly uid: number;
}

/** The next step when something is not the kind of thing it should be. */
export const LOOK = 'find out who changed it and run it again';

/** A failed precondition: one sentence that names the file and the next step. */
export function precondition(file: string, what: string, next: string): FixError {
  return new FixError('precondition', `${shown(file)}: ${what}; ${next}`, { path: file });
}

/** An absolute path without `..` or a final slash. Throws `invalid-plan`. */
function assertPath(file: string): string {
  if (!path.isAbsolute(file) || file.includes('\0') || path.resolve(file) !== file || file === path.parse(file).root)
    throw new FixError('invalid-plan', `${shown(file)}: not a plain absolute path; plan the fix again`, { path: file });
  return file;
}

/** The state directory, open: it decides whose files on which mount may be touched. */
export class StateRoot {
  readonly path: string;
  readonly owner: number;
  readonly #directory: Directory;
  readonly #anchored: boolean;

  /** Opens it. `expectedReal`: where it led when the fix was planned. Throws `FixError`. */
  constructor(stateDir: string, expectedReal: string | undefined, anchored: boolean) {
    this.path = assertPath(stateDir);
    this.#anchored = anchored;
    try {
      const { real, links } = followLinks(stateDir);
      if (expectedReal !== undefined && real !== expectedReal) throw elsewhere(stateDir, real, expectedReal);
      this.#directory = new Directory(real, anchored);
      this.owner = Number(this.#directory.stat().uid);
      for (const link of links)
        if (!isRoot(link.uid) && link.uid !== this.owner) {
          this.close();
          throw precondition(
            stateDir,
            `user ${link.uid} made the link ${shown(link.path)} on the way to it`,
            'use the real path',
          );
        }
    } catch (error) {
      throw ioError(error, 'open the state directory', stateDir);
    }
  }

  close(): void {
    this.#directory.close();
  }

  /**
   * Where `file` leads. It must be where the plan saw it: below the state directory no part may be a link unless the plan
   * recorded the real path; elsewhere only the last part may not. Throws `precondition`.
   */
  locate(file: string, realPath: string | undefined): { target: Target; linkOwners: readonly number[] } {
    assertPath(file);
    const { real, links } = followLinks(file);
    const inState = isInside(file, this.path);
    const expected =
      realPath ??
      (inState
        ? path.join(this.#directory.path, path.relative(this.path, file))
        : path.join(followLinks(path.dirname(file)).real, path.basename(file)));
    if (real !== expected) throw elsewhere(file, real, expected);
    return { target: { path: file, real, inState }, linkOwners: links.map((link) => link.uid) };
  }

  /** Throws `precondition` unless a file of `uid` may be touched at `target`, reached through links of `linkOwners`. */
  assertOwner(target: Target, uid: number, linkOwners: readonly number[]): void {
    const self = effectiveUid();
    if (self === undefined) return;
    if (uid !== this.owner && (target.inState || uid !== self))
      throw precondition(
        target.path,
        `it belongs to user ${uid} and not to the owner of the state directory, user ${this.owner}`,
        'look at how it came there and change its owner first',
      );
    if (self !== 0 && uid !== self)
      throw precondition(target.path, `it belongs to user ${uid}`, 'run the fix as that user');
    for (const owner of linkOwners)
      if (!isRoot(owner) && owner !== uid)
        throw precondition(
          target.path,
          `user ${owner} made a link on the way to this file of user ${uid}`,
          'use the real path or remove the link',
        );
  }

  /** Looks at the target of a change of mode, through a descriptor that follows no link. Throws `precondition`. */
  inspectForMode(target: Target, dir: boolean, linkOwners: readonly number[]): Seen {
    const parent = new Directory(path.dirname(target.real), this.#anchored);
    try {
      const entry = openEntry(parent, target, this.#anchored);
      try {
        const stat = entry.stat();
        if (dir ? !stat.isDirectory() : !stat.isFile())
          throw precondition(target.path, `it is not a ${dir ? 'directory' : 'regular file'}`, LOOK);
        this.assertOwner(target, Number(stat.uid), linkOwners);
        if (!dir && stat.nlink !== 1n) throw hardLinked(target.path, stat.nlink);
        const isRoot = target.real === this.#directory.path;
        const allowed = isInside(target.real, this.#directory.path) ? this.#directory : parent;
        if (!isRoot && (stat.dev !== allowed.stat().dev || entry.mountId() !== allowed.mountId()))
          throw precondition(target.path, 'it is on another mount', 'change its mode by hand if it is yours');
        return { mode: permissions(stat), uid: Number(stat.uid) };
      } finally {
        entry.close();
      }
    } finally {
      parent.close();
    }
  }
}

/** Why a file with several names is left alone. */
export function hardLinked(file: string, names: bigint | number): FixError {
  return precondition(
    file,
    `it has ${names} hard links, and another name of it could be elsewhere`,
    'find the others (find -samefile), replace it by a copy and run the fix again',
  );
}

function elsewhere(file: string, real: string, expected: string): FixError {
  return precondition(file, `it now leads to ${shown(real)} and no longer to ${shown(expected)}`, LOOK);
}

function openEntry(parent: Directory, target: Target, anchored: boolean): Entry {
  try {
    return new Entry(parent, path.basename(target.real), anchored);
  } catch (error) {
    if (errorCode(error) === 'ELOOP') throw precondition(target.path, 'it is a link or no regular file', LOOK);
    throw ioError(error, 'open it', target.path);
  }
}
