import fs from 'node:fs';
import path from 'node:path';
import { errorCode, FixError, shown } from './errors.ts';
import { setTimes, type Times } from './times.ts';

// Linux's O_PATH, the same on every architecture that Node runs on; Node does not name it.
const O_PATH = 0o10000000;
const { O_DIRECTORY = 0, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = fs.constants;

/** Whether `/proc/self/fd/<n>/<name>` can stand for the system calls relative to a descriptor that Node lacks. */
export const CAN_ANCHOR = process.platform === 'linux' && fs.existsSync('/proc/self/fd');

/**
 * A directory to work in. Anchored (Linux), it is a descriptor reached without following any link, and every name is
 * resolved relative to it: swapping a parent for a link afterwards leads nowhere else. Otherwise names are full paths,
 * and the identity of the directory is compared before and after each change; a swap that is reverted in between would
 * go unnoticed.
 */
export class Directory {
  readonly path: string;
  readonly #fd: number | undefined;
  readonly #dev: bigint;
  readonly #ino: bigint;
  readonly #first: Times;
  #lastMtime: bigint;
  #foreignChange = false;

  /** Opens `real`, a path without links. Throws Node's own errors, and `FixError` when a part of it is a link. */
  constructor(real: string, anchored = CAN_ANCHOR) {
    this.path = real;
    this.#fd = anchored ? openAnchored(real) : undefined;
    const stat = this.stat();
    this.#dev = stat.dev;
    this.#ino = stat.ino;
    this.#first = { atimeNs: stat.atimeNs, mtimeNs: stat.mtimeNs };
    this.#lastMtime = stat.mtimeNs;
  }

  /** A path for a system call on the entry `name`. */
  at(name: string): string {
    return this.#fd === undefined ? path.join(this.path, name) : `/proc/self/fd/${this.#fd}/${name}`;
  }

  /** The directory itself. */
  stat(): fs.BigIntStats {
    if (this.#fd !== undefined) return fs.fstatSync(this.#fd, { bigint: true });
    assertNoLinks(this.path);
    return fs.lstatSync(this.path, { bigint: true });
  }

  /** Which mount it is on, where the system tells (Linux). */
  mountId(): string | undefined {
    return this.#fd === undefined ? undefined : mountIdOf(this.#fd);
  }

  /** The entry itself, never what it links to; `undefined` when there is none. */
  lstat(name: string): fs.BigIntStats | undefined {
    return fs.lstatSync(this.at(name), { bigint: true, throwIfNoEntry: false });
  }

  /** Throws `conflict` when the path no longer leads to this directory. */
  assertInPlace(): void {
    let same = false;
    try {
      const now = new Directory(this.path, this.#fd !== undefined);
      same = now.#dev === this.#dev && now.#ino === this.#ino;
      now.close();
    } catch {
      // Gone or behind a link now: not the same.
    }
    if (!same)
      throw new FixError(
        'conflict',
        `${shown(this.path)}: the directory was moved or replaced while its files were being changed; find out by whom and run it again`,
        { path: this.path },
      );
  }

  /** Changes an entry, and keeps account of whether anybody else changed the directory meanwhile. */
  mutate<T>(change: () => T): T {
    if (this.#fd === undefined) this.assertInPlace();
    if (this.stat().mtimeNs !== this.#lastMtime) this.#foreignChange = true;
    try {
      return change();
    } finally {
      this.#lastMtime = this.stat().mtimeNs;
    }
  }

  /** Removes an entry if it is there. */
  remove(name: string): void {
    if (this.lstat(name)) this.mutate(() => fs.unlinkSync(this.at(name)));
  }

  /** Writes the directory's entries to the disk, where the system and its mode let us. */
  sync(): void {
    this.#withDescriptor((fd) => fs.fsyncSync(fd));
  }

  /**
   * Sets the directory's own times to what they were when it was opened, or to `times`, unless somebody else has changed
   * an entry since.
   */
  restoreTimes(times: Times = this.#first): void {
    try {
      if (this.#foreignChange || this.stat().mtimeNs !== this.#lastMtime || this.#lastMtime === times.mtimeNs) return;
      this.#withDescriptor((fd) => setTimes(fd, times));
    } catch {
      // Moved away or not ours: a time is not worth failing for when all content is right.
    }
  }

  close(): void {
    if (this.#fd !== undefined) fs.closeSync(this.#fd);
  }

  #withDescriptor(use: (fd: number) => void): void {
    // Windows has no descriptors of directories.
    if (process.platform === 'win32') return;
    let fd: number;
    try {
      fd = fs.openSync(this.#fd === undefined ? this.path : `/proc/self/fd/${this.#fd}`, O_RDONLY | O_DIRECTORY);
    } catch (error) {
      // A directory that we may write but not list (mode 0300) can be used, though not synced.
      if (errorCode(error) === 'EACCES') return;
      throw error;
    }
    try {
      use(fd);
    } finally {
      fs.closeSync(fd);
    }
  }
}

/** The directories that a transaction changes entries of, each opened once and held until `close`. */
export class Directories {
  readonly #open = new Map<string, Directory>();
  readonly anchored: boolean;
  constructor(anchored: boolean) {
    this.anchored = anchored;
  }
  /** The directory that holds the file `real`. */
  holding(real: string): Directory {
    const parent = path.dirname(real);
    let directory = this.#open.get(parent);
    if (!directory) {
      directory = new Directory(parent, this.anchored);
      this.#open.set(parent, directory);
    }
    return directory;
  }
  all(): IterableIterator<Directory> {
    return this.#open.values();
  }
  close(): void {
    for (const directory of this.#open.values()) directory.close();
    this.#open.clear();
  }
}

/** A file or directory opened for a look at its inode or a change of its mode, without following a link. */
export class Entry {
  readonly #fd: number;
  readonly #pathOnly: boolean;

  /** Opens the entry `name` of `directory`; throws Node's own errors. */
  constructor(directory: Directory, name: string, anchored: boolean) {
    this.#pathOnly = anchored;
    // A path descriptor needs no permission on the file and wakes no device; without it only a look beforehand helps.
    const seen = anchored ? undefined : directory.lstat(name);
    if (seen && !seen.isFile() && !seen.isDirectory()) throw Object.assign(new Error('not a file'), { code: 'ELOOP' });
    this.#fd = fs.openSync(directory.at(name), O_NOFOLLOW | (anchored ? O_PATH : O_RDONLY | O_NONBLOCK));
  }
  stat(): fs.BigIntStats {
    return fs.fstatSync(this.#fd, { bigint: true });
  }
  mountId(): string | undefined {
    return this.#pathOnly ? mountIdOf(this.#fd) : undefined;
  }
  chmod(mode: number): void {
    if (this.#pathOnly) fs.chmodSync(`/proc/self/fd/${this.#fd}`, mode);
    else fs.fchmodSync(this.#fd, mode);
  }
  /** Writes the inode to the disk, if it may be opened. */
  sync(): void {
    if (process.platform === 'win32') return;
    let fd: number;
    try {
      fd = this.#pathOnly ? fs.openSync(`/proc/self/fd/${this.#fd}`, O_RDONLY | O_NONBLOCK) : this.#fd;
    } catch (error) {
      if (errorCode(error) === 'EACCES') return;
      throw error;
    }
    try {
      fs.fsyncSync(fd);
    } finally {
      if (fd !== this.#fd) fs.closeSync(fd);
    }
  }
  close(): void {
    fs.closeSync(this.#fd);
  }
}

function openAnchored(real: string): number {
  let fd = fs.openSync('/', O_PATH | O_DIRECTORY);
  for (const part of real.split('/')) {
    if (part === '') continue;
    const parent = fd;
    try {
      fd = fs.openSync(`/proc/self/fd/${parent}/${part}`, O_PATH | O_DIRECTORY | O_NOFOLLOW);
    } finally {
      fs.closeSync(parent);
    }
  }
  return fd;
}

function assertNoLinks(real: string): void {
  const { root } = path.parse(real);
  let at = root;
  for (const part of real.slice(root.length).split(path.sep)) {
    at = path.join(at, part);
    if (!fs.lstatSync(at).isDirectory()) throw Object.assign(new Error('not a directory'), { code: 'ENOTDIR' });
  }
}

function mountIdOf(fd: number): string | undefined {
  try {
    return /^mnt_id:\s*(\d+)$/m.exec(fs.readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
