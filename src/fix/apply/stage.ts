import fs from 'node:fs';
import path from 'node:path';
import type { Directories } from './directory.ts';
import { FixError, ioError, shown } from './errors.ts';
import { createFile, permissions } from './file.ts';
import type { TransactionFolder } from './journal.ts';
import type { PlannedOperation, PlannedWrite } from './operation.ts';
import type { Content } from './preconditions.ts';
import type { Steps } from './steps.ts';
import { setTimes } from './times.ts';

/** One transaction at work. */
export interface Run {
  readonly operations: readonly PlannedOperation[];
  readonly folder: TransactionFolder;
  readonly directories: Directories;
  readonly steps: Steps;
}

/** The writes among the operations, with their index. */
export function writesOf(operations: readonly PlannedOperation[]): { index: number; op: PlannedWrite }[] {
  return operations.flatMap((op, index) => (op.kind === 'write' ? [{ index, op }] : []));
}

/** Saves what the writes will replace. */
export function saveBackups(run: Run, contents: ReadonlyMap<number, Content>): void {
  for (const { index, op } of writesOf(run.operations)) {
    const before = contents.get(index)?.before;
    if (!before) continue;
    run.steps.before(`back up ${op.real}`);
    run.folder.saveBefore(index, before);
  }
}

/** Puts the new content of every write beside its target, complete with owner, mode and times, and on the disk. */
export async function stageAll(run: Run, contents: ReadonlyMap<number, Content>, pause: () => Promise<void>) {
  for (const { index, op } of writesOf(run.operations)) {
    await pause();
    run.steps.before(`stage ${op.real}`);
    stageFile(run, op, op.staged, contents.get(index)!.after, op.after);
  }
  syncDirectories(run);
}

/** Creates `name` beside the target of `op` with everything that `as` says. Throws `FixError`. */
export function stageFile(
  run: Run,
  op: PlannedWrite,
  name: string,
  bytes: Uint8Array,
  as: PlannedWrite['after'],
): void {
  const directory = run.directories.holding(op.real);
  try {
    directory.mutate(() =>
      createFile(directory.at(name), bytes, (fd) => {
        const { uid, gid } = fs.fstatSync(fd);
        // Only where it differs: not everybody may, and it clears the set-id bits.
        if (process.platform !== 'win32' && (uid !== as.uid || gid !== as.gid)) giveTo(fd, as.uid, as.gid, op.path);
        if (process.platform !== 'win32') {
          fs.fchmodSync(fd, as.mode);
          if (permissions(fs.fstatSync(fd, { bigint: true })) !== as.mode)
            throw new FixError('io', `${shown(op.path)}: the file system does not keep its mode; change it by hand`, {
              path: op.path,
            });
        }
        if (as.atimeNs !== undefined && as.mtimeNs !== undefined)
          setTimes(fd, { atimeNs: BigInt(as.atimeNs), mtimeNs: BigInt(as.mtimeNs) });
      }),
    );
  } catch (error) {
    throw ioError(error, `write a new version into ${shown(path.dirname(op.real))}`, op.path);
  }
}

/** Waits until the names in every directory that was worked in are on the disk. */
export function syncDirectories(run: Run): void {
  for (const directory of run.directories.all()) {
    run.steps.before(`sync ${directory.path}`);
    try {
      directory.sync();
    } catch (error) {
      throw ioError(error, 'write the directory to the disk', directory.path);
    }
  }
}

/** Removes what may be left beside the targets. A directory that is gone took it along. */
export function removeStaged(run: Run): void {
  for (const { op } of writesOf(run.operations)) {
    try {
      const directory = run.directories.holding(op.real);
      for (const name of [op.staged, op.kept]) {
        if (!directory.lstat(name)) continue;
        run.steps.before(`remove ${path.join(directory.path, name)}`);
        directory.remove(name);
      }
    } catch (error) {
      const known = ioError(error, 'remove the temporary file beside it', op.path);
      if (!(known.cause instanceof Error && 'code' in known.cause && known.cause.code === 'ENOENT')) throw known;
    }
  }
}

function giveTo(fd: number, uid: number, gid: number, file: string): void {
  try {
    fs.fchownSync(fd, uid, gid);
  } catch (error) {
    throw new FixError(
      'io',
      `${shown(file)}: a new version could not be given its owner and group (${uid}:${gid}); run the fix as root or as a member of that group`,
      { path: file, cause: error },
    );
  }
}
