import fs from 'node:fs';
import path from 'node:path';
import { Directory, Entry } from './directory.ts';
import { errorCode, FixError, ioError, shown } from './errors.ts';
import { type FileOnDisk, permissions, readFile } from './file.ts';
import type { FileVersion, PlannedChmod, PlannedOperation, PlannedWrite } from './operation.ts';
import { type Run, syncDirectories, writesOf } from './stage.ts';

/** What a system without hard links, or one that forbids this one, answers. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * Does every operation that is not done yet, in order, then waits until all of it is on the disk and compares the written
 * files with what they should be. Throws `FixError`; whatever was done until then stays for the rollback.
 */
export async function commitAll(run: Run, pause: () => Promise<void>): Promise<void> {
  for (const op of run.operations) {
    await pause();
    try {
      if (op.kind === 'write') commitWrite(run, op);
      else changeMode(run, op, op.before, op.after);
    } catch (error) {
      throw ioError(error, op.kind === 'write' ? 'replace it' : 'change its mode', op.path);
    }
  }
  syncAll(run);
  for (const { op } of writesOf(run.operations)) {
    const now = readTarget(run, op);
    if (now?.sha256 !== op.after.sha256 || now.mode !== op.after.mode) throw changedMeanwhile(op.path);
  }
}

/** Waits until names and modes are on the disk. */
export function syncAll(run: Run): void {
  syncDirectories(run);
  for (const op of run.operations) {
    if (op.kind !== 'chmod') continue;
    run.steps.before(`sync ${op.real}`);
    try {
      withEntry(run, op, (entry) => entry.sync());
    } catch (error) {
      // Replaced or removed in the meantime: there is nothing of ours left to write.
      if (!isElsewhere(error)) throw ioError(error, 'write its mode to the disk', op.path);
    }
  }
}

/** Whether an error means that somebody else took the file away or replaced it, and not that the system refused. */
export function isElsewhere(error: unknown): boolean {
  const code = error instanceof FixError ? error.code : errorCode(error);
  return code === 'conflict' || code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP';
}

/** The target of a write as it is now; something that is no regular file counts as a conflict. */
export function readTarget(run: Run, op: PlannedWrite): FileOnDisk | undefined {
  const directory = run.directories.holding(op.real);
  try {
    return readFile(directory, path.basename(op.real));
  } catch (error) {
    if (errorCode(error) === 'NOTFILE' || errorCode(error) === 'EFBIG') throw changedMeanwhile(op.path);
    throw error;
  }
}

/** Somebody else changed the file while the transaction ran. */
function changedMeanwhile(file: string): FixError {
  return new FixError(
    'conflict',
    `${shown(file)}: somebody else changed it while the fix was being applied; stop what writes it and run it again`,
    { path: file },
  );
}

function commitWrite(run: Run, op: PlannedWrite): void {
  const directory = run.directories.holding(op.real);
  const name = path.basename(op.real);
  const current = readTarget(run, op);
  // Only a recovery meets one that is done.
  if (current?.sha256 === op.after.sha256) return;
  directory.assertInPlace();
  if (readFile(directory, op.staged)?.sha256 !== op.after.sha256) throw changedMeanwhile(op.path);
  if (op.before === null) createTarget(run, op, directory, name);
  else replaceTarget(run, op, op.before, directory, name, current);
  directory.assertInPlace();
}

function replaceTarget(
  run: Run,
  op: PlannedWrite,
  before: FileVersion,
  directory: Directory,
  name: string,
  current: FileOnDisk | undefined,
): void {
  // A recovery may find that the old content was kept already.
  const links = directory.lstat(op.kept) ? 2 : 1;
  if (!current || !isVersion(current, before) || current.nlink !== links) throw changedMeanwhile(op.path);
  const kept = keepOld(run, op, directory, name, current);
  run.steps.before(`rename ${op.real}`);
  directory.mutate(() => fs.renameSync(directory.at(op.staged), directory.at(name)));
  // An edit that went into the old file in the last moment is in the kept link, and the rollback brings it back.
  if (kept && readFile(directory, op.kept)?.sha256 !== before.sha256) throw changedMeanwhile(op.path);
}

/**
 * Gives the old file a second name, so that going back is one rename: it needs no space on a full disk and keeps
 * everything about the file. False where there are no hard links; the backup then has to do.
 */
function keepOld(run: Run, op: PlannedWrite, directory: Directory, name: string, current: FileOnDisk): boolean {
  run.steps.before(`keep ${op.real}`);
  try {
    if (!directory.lstat(op.kept)) directory.mutate(() => fs.linkSync(directory.at(name), directory.at(op.kept)));
  } catch (error) {
    if (NO_LINKS.includes(errorCode(error))) return false;
    throw error;
  }
  const kept = directory.lstat(op.kept);
  if (kept?.ino === current.ino && kept.dev === current.dev && String(kept.mtimeNs) === current.mtimeNs) return true;
  directory.remove(op.kept);
  throw changedMeanwhile(op.path);
}

/** Gives the new file its name, unless somebody else took the name meanwhile. */
function createTarget(run: Run, op: PlannedWrite, directory: Directory, name: string): void {
  run.steps.before(`create ${op.real}`);
  try {
    directory.mutate(() => fs.linkSync(directory.at(op.staged), directory.at(name)));
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw changedMeanwhile(op.path);
    if (!NO_LINKS.includes(errorCode(error))) throw error;
    if (directory.lstat(name)) throw changedMeanwhile(op.path);
    directory.mutate(() => fs.renameSync(directory.at(op.staged), directory.at(name)));
  }
}

function isVersion(file: FileOnDisk, version: FileVersion): boolean {
  return (['sha256', 'mode', 'uid', 'gid'] as const).every((key) => file[key] === version[key]);
}

/**
 * Changes the mode of the very inode that was checked. Throws `conflict` when it is neither `from` nor `to` any more, or
 * not the kind of file that it was.
 */
export function changeMode(run: Run, op: PlannedChmod, from: number, to: number): void {
  withEntry(run, op, (entry) => {
    const stat = entry.stat();
    const mode = permissions(stat);
    const same = (op.dir ? stat.isDirectory() : stat.isFile() && stat.nlink === 1n) && Number(stat.uid) === op.uid;
    if (!same || (mode !== from && mode !== to)) throw changedMeanwhile(op.path);
    if (mode === to) return;
    run.steps.before(`chmod ${op.real}`);
    entry.chmod(to);
    if (permissions(entry.stat()) !== to)
      throw new FixError(
        'io',
        `${shown(op.path)}: the system did not accept the mode; change it by hand as root or as a member of its group`,
        { path: op.path },
      );
  });
}

/** Opens the target of a change of mode, following no link anywhere on the way. */
function withEntry(run: Run, op: PlannedChmod, use: (entry: Entry) => void): void {
  const { anchored } = run.directories;
  const parent = new Directory(path.dirname(op.real), anchored);
  try {
    const entry = new Entry(parent, path.basename(op.real), anchored);
    try {
      use(entry);
    } finally {
      entry.close();
    }
    if (!anchored) parent.assertInPlace();
  } catch (error) {
    if (errorCode(error) === 'ELOOP' || errorCode(error) === 'ENOTDIR') throw changedMeanwhile(op.path);
    throw error;
  } finally {
    parent.close();
  }
}

/** Whether an operation's effect is there. */
type Progress = 'before' | 'after' | 'foreign';

/** Looks where an interrupted operation stands. */
export function progressOf(run: Run, op: PlannedOperation): Progress {
  if (op.kind === 'write') {
    const now = readTarget(run, op);
    if (now?.sha256 === op.after.sha256) return 'after';
    return now?.sha256 === op.before?.sha256 ? 'before' : 'foreign';
  }
  let mode: number | undefined;
  withEntry(run, op, (entry) => {
    mode = permissions(entry.stat());
  });
  if (mode === op.after) return 'after';
  return mode === op.before ? 'before' : 'foreign';
}
