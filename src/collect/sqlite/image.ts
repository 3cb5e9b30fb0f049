import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { errnoReason, isAbsent } from '../errno.ts';
import { type CommittedPages, committedPages, isPageSize, readWalHeader, WAL_HEADER_BYTES } from './wal.ts';

/** The committed content of a database file as of one moment, or why there is none. */
export type DatabaseImage =
  | {
      readonly status: 'ok';
      /** A database without a write-ahead log; no bytes for an empty file, which SQLite takes for an empty database. */
      readonly bytes: Uint8Array;
      /** Frames of the write-ahead log that went into it. */
      readonly walFrames: number;
    }
  | { readonly status: 'missing' }
  | { readonly status: 'unreadable' | 'too-large' | 'changing' | 'corrupt'; readonly error: string };

export interface ImageOptions {
  /** The most that main file and log, and the image, may have, in bytes. */
  readonly maxBytes?: number;
  /** How often a read that a writer got in the way of is tried. */
  readonly attempts?: number;
}

/** 256 MiB. */
export const MAX_IMAGE_BYTES = 256 * 1024 * 1024;
const ATTEMPTS = 12;
/** Pauses double from 1 ms up to this; together a quarter of a second. */
const LONGEST_PAUSE_MS = 40;
/** File systems date changes by a coarse clock: within this time two changes may carry the same date. */
const COARSE_CLOCK_NS = 2_000_000_000n;

const OPEN_FLAGS =
  constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');
const JOURNAL_MAGIC = Buffer.from('d9d505f920a163d7', 'hex');

/**
 * Reads a SQLite database that others may be writing, without SQLite: no lock is taken, and nothing is created, changed
 * or removed beside it. Never throws.
 *
 * What makes the result one state and not a mixture of two: a checkpoint copies only pages that stand in the log, and
 * the log starts over only with a new header. So the main file is read between two looks at that header and before the
 * log; while the header is the same, whatever a checkpoint changed in the main file meanwhile is in the log too. Without
 * a log the main file itself must be the same before and after, and no rollback journal may be at work.
 */
export async function readDatabaseImage(path: string, options: ImageOptions = {}): Promise<DatabaseImage> {
  const { maxBytes = MAX_IMAGE_BYTES, attempts = ATTEMPTS } = options;
  for (let attempt = 1; ; attempt++) {
    const result = readOnce(path, maxBytes);
    if (result.status !== 'changing' || attempt >= attempts) return result;
    await new Promise((resolve) => setTimeout(resolve, Math.min(2 ** (attempt - 1), LONGEST_PAUSE_MS)));
  }
}

function readOnce(path: string, maxBytes: number): DatabaseImage {
  const opened: OpenFile[] = [];
  try {
    const main = openRegular(path, 'it', opened);
    if (!main) return { status: 'missing' };
    const wal = openRegular(`${path}-wal`, 'its write-ahead log', opened);
    const mainSize = Number(main.stat.size);
    if (mainSize + Number(wal?.stat.size ?? 0n) > maxBytes) return tooLarge(maxBytes);
    if (hasHotJournal(path, opened)) return { status: 'changing', error: JOURNAL_AT_WORK };

    const before = wal ? readBytes(wal.fd, WAL_HEADER_BYTES) : NOTHING;
    const mainContent = readBytes(main.fd, mainSize);
    const logSize = wal ? Number(statOf(wal.fd).size) : 0;
    if (mainSize + logSize > maxBytes) return tooLarge(maxBytes);
    const log = wal ? readBytes(wal.fd, logSize) : NOTHING;
    const after = wal ? readBytes(wal.fd, WAL_HEADER_BYTES) : NOTHING;

    if (!isStillNamed(path, main) || !isStillNamed(`${path}-wal`, wal)) return changing('it was replaced');
    if (!before.equals(after) || !after.equals(log.subarray(0, WAL_HEADER_BYTES))) {
      return changing('its write-ahead log started over');
    }
    const header = readWalHeader(log);
    if (!header) {
      if (!isUnchanged(main, mainContent)) return changing('it was written to');
      if (hasHotJournal(path, opened)) return { status: 'changing', error: JOURNAL_AT_WORK };
    }
    return finish(mainContent, log, header && committedPages(log, header), header?.pageSize, maxBytes);
  } catch (error) {
    return { status: 'unreadable', error: error instanceof Refusal ? error.message : errnoReason(error) };
  } finally {
    for (const { fd } of opened) closeSync(fd);
  }
}

const NOTHING = Buffer.alloc(0);
const JOURNAL_AT_WORK = 'a rollback journal beside it shows a transaction that is under way or was interrupted';

function changing(what: string): DatabaseImage {
  return { status: 'changing', error: `${what} each time it was read` };
}

function tooLarge(maxBytes: number): DatabaseImage {
  return {
    status: 'too-large',
    error: `with its write-ahead log it is larger than ${Math.floor(maxBytes / 1024 / 1024)} MiB`,
  };
}

/** Lays the log over the main file and takes the mark of a write-ahead log out of the header. */
function finish(
  main: Buffer,
  log: Buffer,
  committed: CommittedPages | undefined,
  pageSize: number | undefined,
  maxBytes: number,
): DatabaseImage {
  // SQLite deletes a log beside an empty file; a log never makes a database of it.
  if (main.length === 0) return { status: 'ok', bytes: NOTHING, walFrames: 0 };
  let image: Buffer = main;
  if (committed && pageSize !== undefined) {
    const size = committed.databasePages * pageSize;
    if (size > maxBytes) return tooLarge(maxBytes);
    image = Buffer.alloc(size);
    main.copy(image, 0, 0, Math.min(main.length, size));
    for (const [page, offset] of committed.offsets) {
      if (page <= committed.databasePages) log.copy(image, (page - 1) * pageSize, offset, offset + pageSize);
    }
  }
  if (!image.subarray(0, MAGIC.length).equals(MAGIC))
    return { status: 'corrupt', error: 'it is not a SQLite database' };
  const declared = image.length < 100 ? 0 : image.readUInt16BE(16);
  const declaredPageSize = declared === 1 ? 65_536 : declared;
  if (!isPageSize(declaredPageSize)) return { status: 'corrupt', error: 'its header gives no valid page size' };
  if (committed && declaredPageSize !== pageSize) {
    return { status: 'corrupt', error: 'its write-ahead log has another page size' };
  }
  if (image.length % declaredPageSize !== 0) return { status: 'corrupt', error: 'it ends in the middle of a page' };
  for (const version of [18, 19]) if (image[version] === 2) image[version] = 1;
  return { status: 'ok', bytes: image, walFrames: committed?.frames ?? 0 };
}

interface OpenFile {
  readonly fd: number;
  readonly stat: BigIntStats;
}

/** Why a path cannot be read, as one clause. */
class Refusal extends Error {}

/** Opens a regular file; undefined when there is none. Anything else in its place is refused without opening it. */
function openRegular(path: string, what: string, opened: OpenFile[]): OpenFile | undefined {
  let fd: number;
  try {
    const named = lstatSync(path);
    if (named.isSymbolicLink()) throw new Refusal(`${what} is a symbolic link`);
    if (!named.isFile()) throw new Refusal(`${what} is ${named.isDirectory() ? 'a directory' : 'not a regular file'}`);
    fd = openSync(path, OPEN_FLAGS);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error instanceof Refusal ? error : new Refusal(`${what} cannot be opened: ${errnoReason(error)}`);
  }
  const file = { fd, stat: statOf(fd) };
  opened.push(file);
  if (!file.stat.isFile()) throw new Refusal(`${what} is not a regular file`);
  return file;
}

function statOf(fd: number): BigIntStats {
  return fstatSync(fd, { bigint: true });
}

/** The first `length` bytes, or fewer when the file ends before. */
function readBytes(fd: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafeSlow(length);
  let at = 0;
  while (at < length) {
    const read = readSync(fd, buffer, at, length - at, at);
    if (read === 0) break;
    at += read;
  }
  return buffer.subarray(0, at);
}

/** True when the path still names the file that was opened, or still nothing. */
function isStillNamed(path: string, file: OpenFile | undefined): boolean {
  const named = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return named?.ino === file?.stat.ino && named?.dev === file?.stat.dev;
}

/** True when the file was not written to since it was opened. A recent date proves nothing; then it is read again. */
function isUnchanged(file: OpenFile, content: Buffer): boolean {
  const { stat } = file;
  const now = statOf(file.fd);
  if (now.size !== stat.size || now.mtimeNs !== stat.mtimeNs || now.ctimeNs !== stat.ctimeNs) return false;
  const age = BigInt(Date.now()) * 1_000_000n - now.mtimeNs;
  return age > COARSE_CLOCK_NS || readBytes(file.fd, Number(now.size)).equals(content);
}

/** True when SQLite would first have to undo a transaction: the journal's header is whole. */
function hasHotJournal(path: string, opened: OpenFile[]): boolean {
  const journal = openRegular(`${path}-journal`, 'its rollback journal', opened);
  return journal !== undefined && readBytes(journal.fd, JOURNAL_MAGIC.length).equals(JOURNAL_MAGIC);
}
