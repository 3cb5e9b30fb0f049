import { type Dir, lstatSync, opendirSync, readlinkSync, realpathSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { CollectLimit, ScanFile, SkipReason } from '../../scan/types.ts';
import { errnoReason, isAbsent } from '../errno.ts';
import { isInside } from '../inside.ts';
import { type ReadFailure, readTextFile } from '../read.ts';
import { PACKAGE_LIMITS, type PackageLimits } from './limits.ts';
import { isScript, readingRank } from './reading-order.ts';
import { contentOf } from './text-content.ts';

/** The files of one plugin or skill, and what is missing among them. */
export interface ReadPackage {
  readonly files: readonly ScanFile[];
  /** Bounds that were hit. */
  readonly limits: readonly CollectLimit[];
  /** Directories and files that are there and cannot be read. */
  readonly failures: readonly CollectLimit[];
}

/** Most failures kept by name; the rest is counted. */
const MAX_FAILURES = 50;

/**
 * Reads a package for the code scan: first what the host loads, then other code, then the rest, so that padding cannot
 * push code out of sight. Links are noted and never followed, special files never opened. Nothing is run. Never throws.
 *
 * @param first Files that the host loads, relative with `/`.
 */
export function readPackage(
  root: string,
  first: readonly string[] = [],
  limits: PackageLimits = PACKAGE_LIMITS,
): ReadPackage {
  return new PackageReader(root, limits).run(new Set(first));
}

/** A single file of code as a package of its own. */
export function readSingleFile(path: string, limits: PackageLimits = PACKAGE_LIMITS): ReadPackage {
  return new PackageReader(dirname(path), limits).only(basename(path));
}

interface Listed {
  readonly path: string;
  readonly stats: Stats;
}

class PackageReader {
  readonly #root: string;
  readonly #limits: PackageLimits;
  readonly #deadline: number;
  readonly #listed: Listed[] = [];
  readonly #files: ScanFile[] = [];
  readonly #reached = new Map<string, CollectLimit>();
  readonly #failures: CollectLimit[] = [];
  #failed = 0;
  #entries = 0;
  #read = 0;
  #bytes = 0;

  constructor(root: string, limits: PackageLimits) {
    this.#root = root;
    this.#limits = limits;
    this.#deadline = Date.now() + limits.ms;
  }

  run(first: ReadonlySet<string>): ReadPackage {
    this.#list();
    this.#followEntries(first);
    const ranked = this.#listed.map((file) => ({ file, rank: first.has(file.path) ? 0 : readingRank(file.path) }));
    ranked.sort((a, b) => a.rank - b.rank || (a.file.path < b.file.path ? -1 : 1));
    for (const { file } of ranked) this.#take(file);
    return this.#finish();
  }

  only(name: string): ReadPackage {
    this.#meet(name);
    for (const file of this.#listed) this.#take(file);
    return this.#finish();
  }

  #finish(): ReadPackage {
    const rest = this.#failed - this.#failures.length;
    const failures =
      rest > 0 ? [...this.#failures, { what: '.', reason: `${rest} more places cannot be read` }] : this.#failures;
    return { files: this.#files, limits: [...this.#reached.values()], failures };
  }

  /** Breadth first, so that a deep or endless branch comes last. */
  #list(): void {
    let level = [''];
    for (let depth = 0; level.length > 0; depth++) {
      if (depth > this.#limits.depth) {
        this.#reach('depth', level[0]!, `directories more than ${this.#limits.depth} deep are not looked into`);
        return;
      }
      const below: string[] = [];
      for (const dir of level) if (!this.#listDirectory(dir, below)) return;
      level = below.sort();
    }
  }

  /** False when a bound was hit. One entry is held at a time: a directory may have millions. */
  #listDirectory(dir: string, below: string[]): boolean {
    let handle: Dir | undefined;
    try {
      handle = opendirSync(join(this.#root, dir), { bufferSize: 256 });
      for (let entry = handle.readSync(); entry; entry = handle.readSync()) {
        if (++this.#entries > this.#limits.entries) {
          this.#reach(
            'entries',
            dir,
            `more than ${this.#limits.entries} files and directories; the rest is not looked at`,
          );
          return false;
        }
        if (this.#late(dir)) return false;
        const path = dir === '' ? entry.name : `${dir}/${entry.name}`;
        if (entry.isDirectory()) below.push(path);
        else this.#meet(path);
      }
    } catch (error) {
      if (dir === '' || !isAbsent(error)) this.#fail(dir === '' ? '.' : `${dir}/`, errnoReason(error));
    } finally {
      close(handle);
    }
    return true;
  }

  /** The host follows links from where a package says that its code starts; where that leads is not read, but said. */
  #followEntries(entries: ReadonlySet<string>): void {
    const here = new Set(this.#listed.map((file) => file.path));
    for (const entry of entries) {
      if (here.has(entry)) continue;
      try {
        const real = realpathSync.native(join(this.#root, entry));
        if (!isInside(real, realpathSync.native(this.#root)))
          this.#reach(
            `entry ${entry}`,
            entry,
            'the host starts it, and it is a link that leads out of the package; it is not read',
          );
      } catch (error) {
        if (!isAbsent(error)) this.#fail(entry, errnoReason(error));
      }
    }
  }

  #meet(path: string): void {
    const full = join(this.#root, path);
    try {
      const stats = lstatSync(full);
      if (stats.isFile()) this.#listed.push({ path, stats });
      else if (stats.isSymbolicLink()) this.#files.push({ path, symlink: readlinkSync(full) });
      else if (!stats.isDirectory()) this.#files.push({ path, skipped: 'not-regular' });
    } catch (error) {
      // Node shows bytes that are no UTF-8 as U+FFFD, and then finds no such file. Another program does.
      if (isAbsent(error) && path.includes('\ufffd')) this.#fail(path, 'its name is not UTF-8');
      else if (!isAbsent(error)) this.#fail(path, errnoReason(error));
      this.#files.push({ path, skipped: isAbsent(error) ? 'vanished' : 'unreadable' });
    }
  }

  #take({ path, stats }: Listed): void {
    const known = { path, bytes: stats.size, ...((stats.mode & 0o111) !== 0 && { executable: true }) };
    const skipped = this.#reasonToSkip(path, stats.size);
    if (skipped) {
      this.#files.push({ ...known, skipped });
      return;
    }
    this.#read++;
    this.#bytes += stats.size;
    const read = readTextFile(join(this.#root, path), { maxBytes: this.#limits.fileBytes, noFollow: true });
    if (read.ok) this.#files.push({ ...known, bytes: read.stat.size, ...contentOf(path, read.text) });
    else this.#missing(known, read);
  }

  #reasonToSkip(path: string, size: number): SkipReason | undefined {
    const { fileBytes, files, totalBytes } = this.#limits;
    if (size > fileBytes) return 'too-large';
    if (this.#read >= files) this.#reach('files', path, `more than ${files} files; the rest is not read`);
    else if (this.#bytes + size > totalBytes)
      this.#reach('bytes', path, `more than ${totalBytes} bytes in all; the rest is not read`);
    else if (!this.#late(path)) return undefined;
    return 'too-many';
  }

  #missing(known: ScanFile, { error, detail }: ReadFailure): void {
    if (error === 'undecodable') {
      // What looks like UTF-16 may be a script with a comment full of NUL characters.
      if (isScript(known.path)) this.#fail(known.path, detail);
      this.#files.push({ ...known, ...(isScript(known.path) ? { skipped: 'other' } : { binary: true }) });
      return;
    }
    const vanished = error === 'missing';
    if (!vanished) this.#fail(known.path, detail);
    this.#files.push({ ...known, skipped: vanished ? 'vanished' : error === 'too-large' ? 'too-large' : 'unreadable' });
  }

  #late(what: string): boolean {
    if (Date.now() < this.#deadline) return false;
    this.#reach('time', what, `reading took more than ${this.#limits.ms} ms; the rest is not read`);
    return true;
  }

  #reach(bound: string, what: string, reason: string): void {
    if (!this.#reached.has(bound)) this.#reached.set(bound, { what: what === '' ? '.' : what, reason });
  }

  #fail(what: string, reason: string): void {
    if (this.#failed++ < MAX_FAILURES) this.#failures.push({ what, reason });
  }
}

function close(handle: Dir | undefined): void {
  try {
    handle?.closeSync();
  } catch {
    // What was listed stays what it is.
  }
}
