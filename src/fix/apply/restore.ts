import fs from 'node:fs';
import path from 'node:path';
import { formatMode } from '../../core/text.ts';
import { changeMode, isElsewhere, progressOf, readTarget, syncAll } from './commit.ts';
import type { Directory } from './directory.ts';
import { FixError, ioError, type Problem, problemsError, RECOVER_COMMAND, shown } from './errors.ts';
import { type FileOnDisk, readFile } from './file.ts';
import type { LeftAlone, PlannedWrite } from './operation.ts';
import { type Run, removeStaged, stageFile } from './stage.ts';

/** What a rollback did. */
interface Restored {
  /** Files and directories that are as they were again, by configured path; those that never changed are not listed. */
  readonly restored: readonly string[];
  /** What somebody else changed meanwhile, and so was not touched. */
  readonly left: readonly LeftAlone[];
}

/**
 * Takes back whatever was done, last operation first, by looking at what is there; so it can be run again after a crash
 * in its middle. Removes what is left beside the targets. Throws `rollback-incomplete` after having tried everything.
 */
export function restoreAll(run: Run): Restored {
  const restored: string[] = [];
  const left: LeftAlone[] = [];
  const failed: Problem[] = [];
  for (const [index, op] of [...run.operations.entries()].reverse()) {
    try {
      const outcome = op.kind === 'write' ? restoreWrite(run, index, op) : restoreMode(run, op);
      if (outcome === 'restored') restored.push(op.path);
      else if (outcome !== 'unchanged') left.push({ path: op.path, reason: outcome.left });
    } catch (error) {
      if (isElsewhere(error)) left.push({ path: op.path, reason: 'somebody else changed it' });
      else failed.push({ path: op.path, message: ioError(error, 'put it back', op.path).message });
    }
  }
  try {
    // Files that cannot be put back keep everything that may still be needed for it.
    if (failed.length === 0) removeStaged(run);
    syncAll(run);
  } catch (error) {
    failed.push({ path: run.folder.path, message: ioError(error, 'finish', run.folder.path).message });
  }
  if (failed.length > 0) {
    const { message } = problemsError('rollback-incomplete', failed);
    throw new FixError('rollback-incomplete', `${message}; remove the cause and run ${RECOVER_COMMAND}`, {
      path: failed[0]!.path,
      problems: failed,
    });
  }
  for (const directory of run.directories.all()) directory.restoreTimes();
  return { restored, left };
}

type Outcome = 'restored' | 'unchanged' | { readonly left: string };

function restoreMode(run: Run, op: Extract<Run['operations'][number], { kind: 'chmod' }>): Outcome {
  if (progressOf(run, op) === 'before') return 'unchanged';
  changeMode(run, op, op.after, op.before);
  return 'restored';
}

function restoreWrite(run: Run, index: number, op: PlannedWrite): Outcome {
  const directory = run.directories.holding(op.real);
  const name = path.basename(op.real);
  const current = readTarget(run, op);
  if (op.before === null) return removeCreated(run, op, directory, current);
  const kept = directory.lstat(op.kept);
  if (current && kept?.ino === current.ino && kept.dev === current.dev) return 'unchanged';
  if (current && current.sha256 !== op.after.sha256) {
    if (current.sha256 === op.before.sha256) return 'unchanged';
    return { left: `somebody else changed it; its old content is in ${path.join(run.folder.path, `before-${index}`)}` };
  }
  if (!kept) {
    // No hard links here, or they were removed already: a copy of the backup takes the old name.
    directory.remove(op.staged);
    const bytes = run.folder.loadBefore(index, op.before);
    run.steps.before(`stage ${op.real}`);
    stageFile(run, op, op.staged, bytes, op.before);
  }
  const from = kept ? op.kept : op.staged;
  const wanted = readFile(directory, from)?.sha256;
  run.steps.before(`rename back ${op.real}`);
  directory.mutate(() => fs.renameSync(directory.at(from), directory.at(name)));
  const now = readTarget(run, op);
  if (!now || now.sha256 !== wanted)
    throw new FixError('io', `${shown(op.path)}: what was put back is not what was read`);
  if (wanted !== op.before.sha256)
    return { left: 'its old version is back, with an edit that somebody else was just making' };
  if (now.mode !== op.before.mode)
    return { left: `its old content is back; somebody else set its mode to ${formatMode(now.mode)}` };
  return 'restored';
}

function removeCreated(run: Run, op: PlannedWrite, directory: Directory, current: FileOnDisk | undefined): Outcome {
  if (!current) return 'unchanged';
  if (current.sha256 !== op.after.sha256) return { left: 'somebody else changed it' };
  run.steps.before(`remove ${op.real}`);
  directory.remove(path.basename(op.real));
  return 'restored';
}
