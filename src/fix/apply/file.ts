import { createHash } from 'node:crypto';
import fs from 'node:fs';
import type { Directory } from './directory.ts';
import { errorCode } from './errors.ts';
import type { FileVersion } from './operation.ts';

/** Most bytes of a file that is rewritten; a config is a hundredth of it. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;
const { O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY, O_WRONLY } = fs.constants;
// Linux only; looking at a file should not show in its times.
const O_NOATIME = fs.constants.O_NOATIME ?? 0;

/** A regular file as it is on the disk. */
export interface FileOnDisk extends FileVersion {
  readonly bytes: Buffer;
  readonly nlink: number;
  readonly ino: bigint;
  readonly dev: bigint;
}

/** Lower-case hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Permission bits of a stat. */
export function permissions(stat: fs.BigIntStats): number {
  return Number(stat.mode) & 0o7777;
}

/**
 * Reads the regular file `name` without following a link; `undefined` when there is none. Throws Node's own errors and
 * ones with code `NOTFILE` (something else has the name) and `EFBIG`.
 */
export function readFile(directory: Directory, name: string): FileOnDisk | undefined {
  const seen = directory.lstat(name);
  if (!seen) return undefined;
  // Opening a device or a pipe can have effects of its own.
  if (!seen.isFile()) throw Object.assign(new Error('not a regular file'), { code: 'NOTFILE' });
  let fd: number;
  try {
    fd = openToRead(directory.at(name));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const stat = fs.fstatSync(fd, { bigint: true });
    if (!stat.isFile()) throw Object.assign(new Error('not a regular file'), { code: 'NOTFILE' });
    if (stat.size > BigInt(MAX_FILE_BYTES)) throw Object.assign(new Error('too large'), { code: 'EFBIG' });
    const bytes = fs.readFileSync(fd);
    return {
      bytes,
      sha256: sha256(bytes),
      size: bytes.length,
      mode: permissions(stat),
      uid: Number(stat.uid),
      gid: Number(stat.gid),
      nlink: Number(stat.nlink),
      ino: stat.ino,
      dev: stat.dev,
      atimeNs: String(stat.atimeNs),
      mtimeNs: String(stat.mtimeNs),
    };
  } finally {
    fs.closeSync(fd);
  }
}

function openToRead(file: string): number {
  const flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;
  if (O_NOATIME !== 0)
    try {
      return fs.openSync(file, flags | O_NOATIME);
    } catch (error) {
      // Only the owner and root may leave the access time alone.
      if (errorCode(error) !== 'EPERM') throw error;
    }
  return fs.openSync(file, flags);
}

/** Creates `file`, which must not exist, hands its descriptor to `fill`, and writes it to the disk. */
export function createFile(file: string, bytes: Uint8Array, fill?: (fd: number) => void): void {
  const fd = fs.openSync(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    writeFully(fd, bytes);
    fill?.(fd);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** Writes all of `bytes`, however little the system takes at a time. */
export function writeFully(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += fs.writeSync(fd, bytes, done);
}
