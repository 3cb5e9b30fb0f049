import { realpathSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { CodeScan } from '../../core/snapshot.ts';
import type { ScanFile, ScanInput } from '../../scan/types.ts';
import { errnoReason } from '../errno.ts';
import { type CodeInput, notScanned, scanOne } from './code.ts';
import { type ReadPackage, readPackage, readSingleFile } from './read-package.ts';
import { readTarball } from './tarball.ts';

const ARCHIVE = /\.(?:tgz|tar\.gz|tar)$/i;

/**
 * Reads and scans a directory, an npm tarball or a single file before it is installed. Nothing is unpacked to disk or run.
 * Never throws: what cannot be read is a result without a verdict.
 *
 * @param path absolute
 */
export async function scanTarget(
  path: string,
  scan: CodeInput['scan'],
  progress?: CodeInput['progress'],
): Promise<CodeScan> {
  const name = basename(path);
  const read = await readTarget(path, progress);
  if ('reason' in read) return notScanned({ kind: 'package', name, path }, read.reason);
  const { files, limits, failures } = read;
  const kind = kindOf(files);
  return scanOne({ kind, name, path }, failures, { kind, name, files, limits: [...limits, ...failures] }, scan);
}

async function readTarget(path: string, progress: CodeInput['progress']): Promise<ReadPackage | { reason: string }> {
  try {
    // The caller named it, so a link is followed here, and nowhere below.
    const real = realpathSync.native(path);
    const stats = statSync(real);
    if (stats.isDirectory()) return readPackage(real, [], { progress });
    if (!stats.isFile()) return { reason: 'it is neither a file nor a directory' };
    return ARCHIVE.test(path) ? await readTarball(real) : readSingleFile(real);
  } catch (error) {
    return { reason: errnoReason(error) };
  }
}

function kindOf(files: readonly ScanFile[]): ScanInput['kind'] {
  const names = new Set(files.map((file) => file.path));
  if (names.has('openclaw.plugin.json')) return 'plugin';
  return names.has('SKILL.md') ? 'skill' : 'package';
}
