import { lstatSync, opendirSync, readdirSync, type Stats, statSync } from 'node:fs';
import type { CollectGap } from '../core/snapshot.ts';
import { errnoCode, errnoReason, isAbsent } from './errno.ts';
import { S_IFDIR, S_IFMT } from './file-fact.ts';

/** What a visitor knows of a directory; made anew for each. */
export interface Place {
  /**
   * Entries other than directories are counted and not examined. Their number alone says what there is to say of an
   * installed package or of a repository's objects, and asking the kernel for each would take most of the walk's time.
   */
  readonly listOnly: boolean;
}

export interface Visitor<P extends Place> {
  /** Met a directory, which is listed next. Its place is handed on to what lies in it. */
  directory(parent: P, name: string, path: string, stats: Stats): P;
  /** Met anything else. `at` is the path in bytes where they are not UTF-8, else the same as `path`. */
  entry(place: P, name: string, path: string, stats: Stats, at: string | Buffer): void;
  /** A directory, or something in it, that could not be examined. */
  gap(gap: CollectGap): void;
}

export interface WalkLimits {
  readonly entries: number;
  readonly depth: number;
}

export interface WalkResult {
  /** Entries seen, those of list-only directories included. */
  readonly walked: number;
  /** Why the walk left something out. */
  readonly truncated?: string;
}

const QUIET = { throwIfNoEntry: false } as const;
const SLASH = Buffer.from('/');
// What a byte that is not UTF-8 becomes in a name. Such a name does not lead back to its file.
const REPLACEMENT = '\ufffd';

/**
 * Bytes of a directory from which its names are read piece by piece. Reading them at once sorts them, which for a hundred
 * thousand takes a fifth of the walk's time and the memory of all of them. What a file system calls the size of a
 * directory differs, but each counts some 20 to 60 bytes per entry.
 */
const LARGE_DIRECTORY = 64 * 1024;

/**
 * Walks a tree depth first, in the order of the names (in a large directory, in that of the file system), one `lstat` per
 * entry. A symbolic link is followed only as the root; another file system is a gap; so is whatever cannot be read. Memory
 * does not grow with the tree. Never throws, unless the visitor does.
 */
export function walkTree<P extends Place>(root: string, place: P, visitor: Visitor<P>, limits: WalkLimits): WalkResult {
  return new Walk(visitor, limits).run(root, place);
}

class Walk<P extends Place> {
  readonly #visitor: Visitor<P>;
  readonly #limits: WalkLimits;
  #walked = 0;
  #device = 0;
  #full = false;
  #tooDeep = false;

  constructor(visitor: Visitor<P>, limits: WalkLimits) {
    this.#visitor = visitor;
    this.#limits = limits;
  }

  run(root: string, place: P): WalkResult {
    try {
      const stats = statSync(root);
      if (stats.isDirectory()) {
        this.#device = stats.dev;
        this.#list(root, stats.size, place, 0);
      }
    } catch (error) {
      this.#failed(root, error);
    }
    return { walked: this.#walked, ...this.#truncation() };
  }

  #truncation(): { truncated?: string } {
    const { entries, depth } = this.#limits;
    if (this.#full) return { truncated: `the walk stopped after ${entries} entries` };
    if (this.#tooDeep) return { truncated: `directories more than ${depth} levels down were left out` };
    return {};
  }

  #list(dir: string, size: number, place: P, depth: number): void {
    try {
      const bytes = place.listOnly
        ? this.#directoriesOf(dir, place, depth)
        : size < LARGE_DIRECTORY
          ? this.#entriesOf(readdirSync(dir), dir, place, depth)
          : this.#entriesOf(streamNames(dir), dir, place, depth);
      if (bytes) this.#namesInBytes(Buffer.from(dir), place, depth);
    } catch (error) {
      this.#failed(dir, error);
    }
  }

  /** Examines each entry. True when names in it are not UTF-8; those are left to `#namesInBytes`. */
  #entriesOf(names: Iterable<string>, dir: string, place: P, depth: number): boolean {
    const prefix = dir.endsWith('/') ? dir : `${dir}/`;
    const visitor = this.#visitor;
    let bytes = false;
    for (const name of names) {
      if (name.includes(REPLACEMENT)) {
        bytes = true;
        continue;
      }
      if (!this.#count()) return false;
      const path = prefix + name;
      const stats = this.#examine(path);
      if (stats === null) return false;
      if (stats === undefined) continue;
      if ((stats.mode & S_IFMT) !== S_IFDIR) visitor.entry(place, name, path, stats, path);
      else if (this.#descends(path, stats, depth)) {
        this.#list(path, stats.size, visitor.directory(place, name, path, stats), depth + 1);
      }
    }
    return bytes;
  }

  /** Counts the entries and examines only the directories among them. */
  #directoriesOf(dir: string, place: P, depth: number): boolean {
    const prefix = dir.endsWith('/') ? dir : `${dir}/`;
    let bytes = false;
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const { name } = entry;
      if (name.includes(REPLACEMENT)) {
        bytes = true;
        continue;
      }
      if (!this.#count()) return false;
      if (!entry.isDirectory()) continue;
      const path = prefix + name;
      const stats = this.#examine(path);
      if (stats === null) return false;
      // The listing may be older than the answer.
      if (stats === undefined || (stats.mode & S_IFMT) !== S_IFDIR || !this.#descends(path, stats, depth)) continue;
      this.#list(path, stats.size, this.#visitor.directory(place, name, path, stats), depth + 1);
    }
    return bytes;
  }

  /** The entries whose names do not come back from text; below a directory with such a name, all of them. */
  #namesInBytes(dir: Buffer, place: P, depth: number, all = false): void {
    for (const raw of readdirSync(dir, { encoding: 'buffer' })) {
      const name = raw.toString('utf8');
      if (!all && !name.includes(REPLACEMENT)) continue;
      if (!this.#count()) return;
      const at = Buffer.concat([dir, SLASH, raw]);
      const path = at.toString('utf8');
      const stats = this.#examine(at);
      if (stats === null) return;
      if (stats === undefined) continue;
      if ((stats.mode & S_IFMT) !== S_IFDIR) {
        if (!place.listOnly) this.#visitor.entry(place, name, path, stats, at);
      } else if (this.#descends(path, stats, depth)) {
        const below = this.#visitor.directory(place, name, path, stats);
        try {
          this.#namesInBytes(at, below, depth + 1, true);
        } catch (error) {
          this.#failed(path, error);
        }
      }
    }
  }

  /** False when no more entries may be seen. */
  #count(): boolean {
    if (this.#walked >= this.#limits.entries) this.#full = true;
    else this.#walked++;
    return !this.#full;
  }

  /** Undefined when the entry is gone or alone unreadable; null when the directory lets no entry be examined. */
  #examine(at: string | Buffer): Stats | undefined | null {
    try {
      return lstatSync(at, QUIET);
    } catch (error) {
      const path = at.toString();
      if (errnoCode(error) === 'EACCES') {
        this.#visitor.gap({
          what: path.replace(/\/[^/]*$/, ''),
          reason: 'its entries cannot be examined: permission denied',
        });
        return null;
      }
      this.#failed(path, error);
      return undefined;
    }
  }

  #descends(path: string, stats: Stats, depth: number): boolean {
    if (stats.dev !== this.#device) {
      this.#visitor.gap({ what: path, reason: 'another file system is mounted there' });
      return false;
    }
    if (depth < this.#limits.depth) return true;
    this.#tooDeep = true;
    return false;
  }

  #failed(path: string, error: unknown): void {
    // What was removed during the walk is not there to be examined.
    if (!isAbsent(error)) this.#visitor.gap({ what: path, reason: errnoReason(error) });
  }
}

function* streamNames(dir: string): Generator<string> {
  const handle = opendirSync(dir);
  try {
    for (let entry = handle.readSync(); entry; entry = handle.readSync()) yield entry.name;
  } finally {
    handle.closeSync();
  }
}
