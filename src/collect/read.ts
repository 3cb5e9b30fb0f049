import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';

/** Why a file gave no text. */
export type ReadError = 'missing' | 'unreadable' | 'not-a-file' | 'too-large' | 'undecodable' | 'changed-while-reading';

/** What `fstat` said of the file that was read; times in epoch milliseconds. */
export interface ReadStat {
  readonly dev: number;
  readonly ino: number;
  /** Type and permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly nlink: number;
  readonly size: number;
  readonly mtimeMs: number;
}

export interface ReadText {
  readonly ok: true;
  /** The decoded text, without a byte-order mark. */
  readonly text: string;
  /** True when the file starts with the UTF-8 byte-order mark. */
  readonly bom: boolean;
  /** True when bytes that are not UTF-8 became U+FFFD, as they do when OpenClaw reads the file. */
  readonly replaced: boolean;
  readonly stat: ReadStat;
}

export interface ReadFailure {
  readonly ok: false;
  readonly error: ReadError;
  /** One clause for people. It never quotes the content. */
  readonly detail: string;
}

export type ReadResult = ReadText | ReadFailure;

export interface ReadOptions {
  /** The largest file that is read, in bytes. */
  readonly maxBytes: number;
  /** Refuses a path that is itself a symbolic link. */
  readonly noFollow?: boolean;
}

// Libuv always adds O_CLOEXEC. Windows knows neither of the other two.
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
const ATTEMPTS = 3;

/**
 * Reads a regular file as UTF-8, symbolic links followed. Anything else (a FIFO, a device, a socket, a directory) is
 * refused before it is opened and again after, so that nothing blocks and no device is touched. A file that changes
 * meanwhile is read up to three times. Never throws.
 */
export function readTextFile(path: string, options: ReadOptions): ReadResult {
  for (let attempt = 1; ; attempt++) {
    const result = readOnce(path, options);
    if (result.ok || result.error !== 'changed-while-reading' || attempt === ATTEMPTS) return result;
  }
}

function readOnce(path: string, { maxBytes, noFollow = false }: ReadOptions): ReadResult {
  const examine = noFollow ? lstatSync : statSync;
  let fd: number | undefined;
  try {
    const named = examine(path, { throwIfNoEntry: false });
    if (!named) return failure('missing', 'there is no such file');
    if (!named.isFile()) return failure('not-a-file', `it is ${describeKind(named)}`);
    if (named.size > maxBytes) return tooLarge(maxBytes);
    fd = openSync(path, noFollow ? OPEN_FLAGS | (constants.O_NOFOLLOW ?? 0) : OPEN_FLAGS);
    const before = fstatSync(fd);
    if (!before.isFile()) return failure('not-a-file', `it is ${describeKind(before)}`);
    const bytes = readUpTo(fd, before.size, maxBytes + 1);
    const after = fstatSync(fd);
    const renamed = examine(path, { throwIfNoEntry: false });
    if (!renamed || !sameState(before, after) || !sameState(after, renamed)) {
      return failure('changed-while-reading', 'it changed each time it was read');
    }
    if (bytes.length > maxBytes) return tooLarge(maxBytes);
    return decode(bytes, after);
  } catch (error) {
    return explain(error);
  } finally {
    if (fd !== undefined) close(fd);
  }
}

function close(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // A network file system may fail here; what was read stays what it is.
  }
}

/** Reads to the end or to `limit` bytes. The size is a hint only: files of /proc say 0. */
function readUpTo(fd: number, sizeHint: number, limit: number): Buffer {
  let buffer = Buffer.allocUnsafe(Math.min(sizeHint + 1, limit));
  let length = 0;
  for (;;) {
    if (length === buffer.length) {
      if (length >= limit) return buffer;
      const larger = Buffer.allocUnsafe(Math.min(Math.max(length * 2, 4096), limit));
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
    const read = readSync(fd, buffer, length, buffer.length - length, null);
    if (read === 0) return buffer.subarray(0, length);
    length += read;
  }
}

function sameState(a: Stats, b: Stats): boolean {
  return a.ino === b.ino && a.dev === b.dev && a.size === b.size && a.mtimeMs === b.mtimeMs;
}

function decode(bytes: Buffer, stat: Stats): ReadResult {
  const wide = wideEncoding(bytes);
  if (wide) return failure('undecodable', `it is ${wide}, not UTF-8`);
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const content = bom ? bytes.subarray(3) : bytes;
  const text = content.toString('utf8');
  // U+FFFD may also stand in the file itself; only then does it encode back to the same bytes.
  const replaced = text.includes('\ufffd') && !Buffer.from(text, 'utf8').equals(content);
  const { dev, ino, mode, uid, gid, nlink, size, mtimeMs } = stat;
  return { ok: true, text, bom, replaced, stat: { dev, ino, mode, uid, gid, nlink, size, mtimeMs } };
}

/** The encoding with two or four bytes per character that the start of a file shows, if any. */
function wideEncoding(bytes: Buffer): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0xfe && b === 0xff) return 'UTF-16';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'UTF-32';
  // Without a mark: ASCII text in UTF-16 has a zero for every other byte.
  const head = bytes.subarray(0, 512);
  if (head.length < 4 || !head.includes(0)) return undefined;
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2]!++;
  const half = head.length / 2;
  const [even, odd] = zeros as [number, number];
  return (odd > half * 0.7 && even < half * 0.1) || (even > half * 0.7 && odd < half * 0.1) ? 'UTF-16' : undefined;
}

function describeKind(stat: Stats): string {
  if (stat.isDirectory()) return 'a directory';
  if (stat.isFIFO()) return 'a named pipe';
  if (stat.isSocket()) return 'a socket';
  if (stat.isSymbolicLink()) return 'a symbolic link';
  return 'a device';
}

function tooLarge(maxBytes: number): ReadFailure {
  return failure('too-large', `it is larger than ${maxBytes} bytes`);
}

function failure(error: ReadError, detail: string): ReadFailure {
  return { ok: false, error, detail };
}

const REASONS: { readonly [code: string]: ReadFailure } = {
  // Gone between two calls.
  ENOENT: failure('changed-while-reading', 'it was removed while it was read'),
  ENOTDIR: failure('missing', 'a part of its path is not a directory'),
  EISDIR: failure('not-a-file', 'it is a directory'),
  ENXIO: failure('not-a-file', 'it is a socket or a device'),
  EACCES: failure('unreadable', 'permission denied'),
  EPERM: failure('unreadable', 'permission denied'),
  ELOOP: failure('unreadable', 'its symbolic links form a loop'),
  ENAMETOOLONG: failure('unreadable', 'its name is too long'),
  ERR_INVALID_ARG_VALUE: failure('unreadable', 'its name holds a NUL character'),
};

function explain(error: unknown): ReadFailure {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return (code !== undefined && REASONS[code]) || failure('unreadable', `reading failed with ${code ?? 'an error'}`);
}
