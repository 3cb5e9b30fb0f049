import { lstatSync, renameSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import { UsageError } from './io.ts';

/** What a new report file may be used for: it names weaknesses, so nobody else reads it. */
const OWNER_ONLY = 0o600;

/**
 * Writes a report. A reader never meets half of it: a file is replaced as a whole and keeps its mode. Where something
 * else stands (a link, a pipe, a device), it is written through.
 *
 * @param newMode mode of a file that was not there
 * @throws UsageError when it cannot be written
 */
export function writeOutput(file: string, text: string, newMode = OWNER_ONLY): void {
  try {
    const there = statOf(file);
    if (there && !there.isFile()) writeFileSync(file, text);
    else replace(file, text, there ? there.mode & 0o777 : newMode);
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

function statOf(file: string): Stats | undefined {
  return lstatSync(file, { throwIfNoEntry: false });
}

function replace(file: string, text: string, mode: number): void {
  const fresh = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(fresh, text, { mode, flag: 'wx' });
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}
