import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { CollectLimit, ScanFile, SkipReason } from '../../scan/types.ts';
import { errnoReason, isAbsent } from '../errno.ts';
import { isInside } from '../inside.ts';
import { type ReadFailure, readTextFile } from '../read.ts';
import { PACKAGE_LIMITS, type PackageLimits } from './limits.ts';
import { type ListedFile, type Listing, listFile, listPackage } from './list-package.ts';
import { DESCRIPTIONS, filesNamedIn, isScript, isTelling, readingRank } from './reading-order.ts';
import { Shortfall } from './shortfall.ts';
import { contentOf } from './text-content.ts';

/** The files of one plugin or skill, and what is missing among them. */
export interface ReadPackage {
  readonly files: readonly ScanFile[];
  /** Bounds that were hit. */
  readonly limits: readonly CollectLimit[];
  /** Directories and files that are there and cannot be read. */
  readonly failures: readonly CollectLimit[];
}

export interface ReadPackageOptions {
  readonly limits?: PackageLimits;
  /** Told of each file before it is read. */
  readonly progress?: ((what: string) => void) | undefined;
}

/**
 * Reads a package for the code scan: first what the host loads and what that leads to, then other code, small files first,
 * then the rest, so that padding cannot push code out of sight. Links are noted and never followed, special files never
 * opened. Nothing is run. Never throws.
 *
 * @param first Files that the host loads, relative with `/`.
 */
export function readPackage(
  root: string,
  first: readonly string[] = [],
  options: ReadPackageOptions = {},
): ReadPackage {
  const reader = new PackageReader(root, options);
  return reader.run(reader.list(), first);
}

/** A single file of code as a package of its own. */
export function readSingleFile(path: string, options: ReadPackageOptions = {}): ReadPackage {
  const reader = new PackageReader(dirname(path), options);
  return reader.run(reader.only(basename(path)), []);
}

class PackageReader {
  readonly #root: string;
  readonly #limits: PackageLimits;
  readonly #progress: (what: string) => void;
  readonly #deadline: number;
  readonly #files: ScanFile[] = [];
  readonly #shortfall = new Shortfall();
  /** Regular files that were not taken yet. */
  #waiting = new Map<string, ListedFile>();
  #read = 0;
  #readBytes = 0;
  #keptBytes = 0;

  constructor(root: string, { limits = PACKAGE_LIMITS, progress = () => {} }: ReadPackageOptions) {
    this.#root = root;
    this.#limits = limits;
    this.#progress = progress;
    this.#deadline = Date.now() + limits.ms;
  }

  list(): Listing {
    return listPackage(this.#root, this.#limits, this.#shortfall, () => this.#isLate());
  }

  only(name: string): Listing {
    return listFile(this.#root, name, this.#limits, this.#shortfall);
  }

  run({ regular, other }: Listing, first: readonly string[]): ReadPackage {
    this.#files.push(...other);
    this.#waiting = new Map(regular.map((file) => [file.path, file]));
    this.#follow([...this.#entries(first), ...DESCRIPTIONS]);
    const rest = [...this.#waiting.values()].map((file) => ({ file, rank: readingRank(file.path) }));
    rest.sort((a, b) => a.rank - b.rank || a.file.bytes - b.file.bytes || (a.file.path < b.file.path ? -1 : 1));
    for (const { file } of rest) this.#take(file, false);
    return { files: this.#files, limits: this.#shortfall.limits, failures: this.#shortfall.failures };
  }

  /** Takes these, then what they name, and so on. */
  #follow(paths: readonly string[]): void {
    const queue = [...paths];
    for (let at = 0; at < queue.length; at++) {
      const path = queue[at]!;
      const file = this.#waiting.get(path);
      if (!file) continue;
      const text = this.#take(file, true);
      if (text === undefined) continue;
      for (const named of filesNamedIn(path, text, (p) => this.#waiting.has(p))) queue.push(named);
    }
  }

  /**
   * The host follows links from where a package says that its code starts: to what lies inside, which is returned, or out of
   * it, which is not read, but said.
   */
  #entries(entries: readonly string[]): string[] {
    const found: string[] = [];
    for (const entry of new Set(entries)) {
      if (this.#waiting.has(entry)) found.push(entry);
      else
        try {
          const root = realpathSync.native(this.#root);
          const real = realpathSync.native(join(root, entry));
          if (isInside(real, root)) found.push(relative(root, real).replaceAll(sep, '/'));
          else
            this.#shortfall.reach(
              'entry',
              entry,
              'the host starts it, and it is a link that leads out of the package; it is not read',
            );
        } catch (error) {
          if (!isAbsent(error)) this.#shortfall.fail(entry, errnoReason(error));
        }
    }
    return found;
  }

  /** The text, when there is any. `wanted` files are kept for as long as there is room. */
  #take({ path, bytes, executable }: ListedFile, wanted: boolean): string | undefined {
    this.#waiting.delete(path);
    const known: ScanFile = { path, bytes, ...(executable && { executable }) };
    const skipped = this.#reasonToSkip(path, bytes);
    if (skipped) {
      this.#files.push({ ...known, skipped });
      return undefined;
    }
    this.#progress(`Reading ${this.#root}: ${++this.#read} files`);
    this.#readBytes += bytes;
    const read = readTextFile(join(this.#root, path), { maxBytes: this.#limits.fileBytes, noFollow: true });
    if (!read.ok) {
      this.#missing(known, read);
      return undefined;
    }
    const size = read.stat.size;
    const content = contentOf(path, read.text);
    if ('binary' in content) {
      this.#files.push({ ...known, bytes: size, binary: true });
      return undefined;
    }
    const isKept = this.#hasRoom(size, wanted, content.text);
    if (isKept) this.#keptBytes += size;
    else this.#shortfall.reach('kept', path, `more than ${this.#limits.keptBytes} bytes of text; some is left out`);
    this.#files.push({ ...known, bytes: size, ...(isKept ? content : { skipped: 'too-many' }) });
    return content.text;
  }

  #hasRoom(size: number, wanted: boolean, text: string): boolean {
    const { keptBytes } = this.#limits;
    const all = this.#keptBytes + size;
    return all <= keptBytes / 2 || (all <= keptBytes && (wanted || isTelling(text)));
  }

  #reasonToSkip(path: string, size: number): SkipReason | undefined {
    const { fileBytes, files, readBytes, ms } = this.#limits;
    const rest = 'the rest is not read';
    if (size > fileBytes) return 'too-large';
    if (this.#read >= files) this.#shortfall.reach('files', path, `more than ${files} files; ${rest}`);
    else if (this.#readBytes + size > readBytes)
      this.#shortfall.reach('bytes', path, `more than ${readBytes} bytes in all; ${rest}`);
    else if (this.#isLate()) this.#shortfall.reach('time', path, `reading took more than ${ms} ms; ${rest}`);
    else return undefined;
    return 'too-many';
  }

  #missing(known: ScanFile, { error, detail }: ReadFailure): void {
    if (error === 'undecodable') {
      // What looks like UTF-16 may be a script with a comment full of NUL characters.
      if (isScript(known.path)) this.#shortfall.fail(known.path, detail);
      this.#files.push({ ...known, ...(isScript(known.path) ? { skipped: 'other' } : { binary: true }) });
      return;
    }
    const vanished = error === 'missing';
    if (!vanished) this.#shortfall.fail(known.path, detail);
    this.#files.push({ ...known, skipped: vanished ? 'vanished' : error === 'too-large' ? 'too-large' : 'unreadable' });
  }

  #isLate(): boolean {
    return Date.now() >= this.#deadline;
  }
}
