import { type Dir, lstatSync, opendirSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { ScanFile } from '../../scan/types.ts';
import { errnoReason, isAbsent } from '../errno.ts';
import type { PackageLimits } from './limits.ts';
import type { Shortfall } from './shortfall.ts';

/** A regular file of a package. */
export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
  readonly executable: boolean;
}

/** What lies in a package. */
export interface Listing {
  readonly regular: readonly ListedFile[];
  /** Links, special files and what cannot be examined. */
  readonly other: readonly ScanFile[];
}

/** Lists a package. Links are noted and never followed. Never throws. */
export function listPackage(root: string, limits: PackageLimits, shortfall: Shortfall, isLate: () => boolean): Listing {
  return new PackageLister(root, limits, shortfall, isLate).run();
}

/** The same for one file. */
export function listFile(root: string, name: string, limits: PackageLimits, shortfall: Shortfall): Listing {
  return new PackageLister(root, limits, shortfall, () => false).only(name);
}

class PackageLister {
  readonly #root: string;
  readonly #limits: PackageLimits;
  readonly #shortfall: Shortfall;
  readonly #isLate: () => boolean;
  readonly #regular: ListedFile[] = [];
  readonly #other: ScanFile[] = [];
  #entries = 0;

  constructor(root: string, limits: PackageLimits, shortfall: Shortfall, isLate: () => boolean) {
    this.#root = root;
    this.#limits = limits;
    this.#shortfall = shortfall;
    this.#isLate = isLate;
  }

  /** Breadth first, so that a deep or endless branch comes last. */
  run(): Listing {
    let level = [''];
    for (let depth = 0; level.length > 0; depth++) {
      if (depth > this.#limits.depth) {
        const reason = `directories more than ${this.#limits.depth} deep are not looked into`;
        this.#shortfall.reach('depth', level[0]!, reason);
        break;
      }
      const below: string[] = [];
      if (!level.every((dir) => this.#listDirectory(dir, below))) break;
      level = below.sort();
    }
    return this.#listing();
  }

  only(name: string): Listing {
    this.#meet(name);
    return this.#listing();
  }

  #listing(): Listing {
    return { regular: this.#regular, other: this.#other };
  }

  /** False when a bound was hit. One entry is held at a time: a directory may have millions. */
  #listDirectory(dir: string, below: string[]): boolean {
    let handle: Dir | undefined;
    try {
      handle = opendirSync(join(this.#root, dir), { bufferSize: 256 });
      for (let entry = handle.readSync(); entry; entry = handle.readSync()) {
        if (++this.#entries > this.#limits.entries) {
          const reason = `more than ${this.#limits.entries} files and directories; the rest is not looked at`;
          this.#shortfall.reach('entries', dir, reason);
          return false;
        }
        if (this.#isLate()) {
          this.#shortfall.reach('time', dir, `reading took more than ${this.#limits.ms} ms; the rest is not read`);
          return false;
        }
        const path = dir === '' ? entry.name : `${dir}/${entry.name}`;
        if (entry.isDirectory()) below.push(path);
        else this.#meet(path);
      }
    } catch (error) {
      if (dir === '' || !isAbsent(error)) this.#shortfall.fail(dir === '' ? '.' : `${dir}/`, errnoReason(error));
    } finally {
      close(handle);
    }
    return true;
  }

  #meet(path: string): void {
    const full = join(this.#root, path);
    let stats: Stats;
    try {
      stats = lstatSync(full);
      if (stats.isSymbolicLink()) this.#other.push({ path, symlink: readlinkSync(full) });
    } catch (error) {
      // Node shows bytes that are no UTF-8 as U+FFFD, and then finds no such file. Another program does.
      if (isAbsent(error) && path.includes('\ufffd')) this.#shortfall.fail(path, 'its name is not UTF-8');
      else if (!isAbsent(error)) this.#shortfall.fail(path, errnoReason(error));
      this.#other.push({ path, skipped: isAbsent(error) ? 'vanished' : 'unreadable' });
      return;
    }
    if (stats.isFile()) this.#regular.push({ path, bytes: stats.size, executable: (stats.mode & 0o111) !== 0 });
    else if (!stats.isDirectory() && !stats.isSymbolicLink()) this.#other.push({ path, skipped: 'not-regular' });
  }
}

function close(handle: Dir | undefined): void {
  try {
    handle?.closeSync();
  } catch {
    // What was listed stays what it is.
  }
}
