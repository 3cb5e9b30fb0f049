import { closeSync, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { ScanFile, ScanInput } from '../../scan/types.ts';
import { errnoReason } from '../errno.ts';
import { PACKAGE_LIMITS } from './limits.ts';
import { type ReadPackage, readPackage, readSingleFile } from './read-package.ts';
import { readTarball } from './tarball.ts';

/** What is to be scanned before it is installed, or why it cannot be. */
export type ScanTarget =
  | { readonly ok: true; readonly path: string; readonly input: ScanInput; readonly failures: ReadPackage['failures'] }
  | { readonly ok: false; readonly reason: string };

/** Largest archive that is read, in bytes. */
const MAX_ARCHIVE = PACKAGE_LIMITS.totalBytes;
const ARCHIVE = /\.(?:tgz|tar\.gz|tar)$/i;

/** Reads a directory, an npm tarball or a single file of code. Nothing is unpacked to disk or run. Never throws. */
export function openTarget(given: string, cwd: string): ScanTarget {
  const path = resolve(cwd, given);
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch (error) {
    return { ok: false, reason: errnoReason(error) };
  }
  if (stats.isDirectory()) return target(path, readPackage(path));
  if (!stats.isFile()) return { ok: false, reason: 'it is neither a file nor a directory' };
  if (!ARCHIVE.test(path)) return target(path, readSingleFile(path));
  const bytes = readArchive(path);
  if (typeof bytes === 'string') return { ok: false, reason: bytes };
  const read = readTarball(bytes);
  return read.ok ? target(path, read) : read;
}

function target(path: string, read: ReadPackage): ScanTarget {
  const { files, limits, failures } = read;
  const kind = kindOf(files);
  return { ok: true, path, failures, input: { kind, name: basename(path), files, limits: [...limits, ...failures] } };
}

function kindOf(files: readonly ScanFile[]): ScanInput['kind'] {
  const names = new Set(files.map((file) => file.path));
  if (names.has('openclaw.plugin.json')) return 'plugin';
  return names.has('SKILL.md') ? 'skill' : 'package';
}

function readArchive(path: string): Buffer | string {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
    const { size } = fstatSync(fd);
    if (size > MAX_ARCHIVE) return `it is larger than ${MAX_ARCHIVE} bytes`;
    const bytes = Buffer.alloc(size);
    let length = 0;
    for (let read = 1; read > 0 && length < size; length += read)
      read = readSync(fd, bytes, length, size - length, length);
    return bytes.subarray(0, length);
  } catch (error) {
    return errnoReason(error);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
