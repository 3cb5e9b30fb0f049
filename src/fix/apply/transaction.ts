import { visible } from '../../core/text.ts';
import { commitAll } from './commit.ts';
import { Directories, type Directory } from './directory.ts';
import { FixError, ioError } from './errors.ts';
import { assertId, newId, TransactionFolder } from './journal.ts';
import type { JournalRecord } from './journal-record.ts';
import type { LeftAlone } from './operation.ts';
import { checkPreconditions, type Request } from './preconditions.ts';
import { restoreAll } from './restore.ts';
import type { Session } from './session.ts';
import { type Run, removeStaged, saveBackups, stageAll, syncDirectories, writesOf } from './stage.ts';
import type { Interruption } from './steps.ts';
import type { Times } from './times.ts';

/** Audits again and compares with what was planned. */
export type Verify = () => Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>;

/** What came of a transaction. */
export type ApplyResult =
  /** Everything was already as wanted; nothing was written, not even a journal. */
  | { readonly outcome: 'unchanged' }
  /** Done, confirmed and recorded. */
  | { readonly outcome: 'applied'; readonly id: string; readonly changed: readonly string[] }
  /** Something went wrong on the way, and all is as it was. */
  | RolledBack;

/** A transaction that was taken back. */
export interface RolledBack {
  readonly outcome: 'rolled-back';
  readonly id: string;
  /** What went wrong. */
  readonly cause: FixError;
  /** Files and directories that had been changed and are as they were again. */
  readonly restored: readonly string[];
  /** Files that somebody else changed meanwhile, and that were left so. */
  readonly left: readonly LeftAlone[];
  /** Why the journal still calls it interrupted, if it does; a recovery then finds nothing left to do. */
  readonly warning?: string;
}

/** A request with what the journal says about it. */
export interface TransactionRequest extends Request {
  readonly id?: string;
  readonly description: string;
  readonly undoes?: string;
  /** Times that directories get back at the end, if they still have the time `left`. */
  readonly directoryTimes?: ReadonlyMap<string, Times & { readonly left: bigint }>;
}

/**
 * Runs a transaction under the lock: preconditions, backups, staging, commit, verification, end. Throws `FixError` as
 * long as nothing was changed, and `rollback-incomplete`; every other failure comes back as `rolled-back`.
 */
export async function execute(
  session: Session,
  request: TransactionRequest,
  verify: Verify | undefined,
  interruption: Interruption,
): Promise<ApplyResult> {
  const { operations, contents } = checkPreconditions(request, session.anchored);
  if (operations.length === 0) return { outcome: 'unchanged' };
  const id = request.id ?? newId(new Date());
  assertId(id);
  const run: Run = {
    operations,
    folder: new TransactionFolder(session.journalDir, id),
    directories: new Directories(session.anchored),
    steps: session.steps,
  };
  try {
    await interruption.check();
    const before = openDirectories(run).map((d) => ({ directory: d, stat: d.stat() }));
    run.folder.create(run.steps);
    await prepare(run, interruption, contents, {
      record: 'begin',
      version: 1,
      id,
      time: now(),
      stateDir: request.stateDir,
      description: request.description,
      ...(request.undoes === undefined ? {} : { undoes: request.undoes }),
      operations,
      directories: before.map(({ directory, stat }) => ({
        path: directory.path,
        mtimeNs: String(stat.mtimeNs),
        atimeNs: String(stat.atimeNs),
      })),
    });
    const times = before.flatMap(({ directory, stat }) => {
      const wanted = request.directoryTimes?.get(directory.path);
      return wanted?.left === stat.mtimeNs ? [{ directory, wanted }] : [];
    });
    try {
      await commitAll(run, interruption.check);
      run.folder.append({ record: 'committed', time: now() }, run.steps);
      if (verify) await confirm(run, verify, interruption);
      finish(run, verify !== undefined, times);
      return { outcome: 'applied', id, changed: operations.map((op) => op.path) };
    } catch (error) {
      return rollBack(run, ioError(error, 'apply the fix', run.folder.path));
    }
  } finally {
    run.directories.close();
  }
}

/** Cleans up after a confirmed transaction and records its end. */
export function finish(
  run: Run,
  verified: boolean,
  times: readonly { readonly directory: Directory; readonly wanted: Times }[] = [],
): void {
  removeStaged(run);
  for (const { directory, wanted } of times) directory.restoreTimes(wanted);
  syncDirectories(run);
  const directories = [...run.directories.all()].map((d) => ({ path: d.path, mtimeNs: String(d.stat().mtimeNs) }));
  run.folder.append({ record: 'applied', time: now(), verified, directories }, run.steps);
}

/** Puts everything back and records it. Throws `rollback-incomplete`. */
export function rollBack(run: Run, cause: FixError): RolledBack {
  try {
    run.folder.append({ record: 'rolling-back', time: now(), reason: cause.message }, run.steps);
  } catch {
    // Files matter more than the journal; without the record a recovery still finds everything.
  }
  const { restored, left } = restoreAll(run);
  const result = { outcome: 'rolled-back', id: run.folder.id, cause, restored, left } as const;
  try {
    run.folder.append({ record: 'rolled-back', time: now(), left }, run.steps);
    return result;
  } catch (error) {
    return { ...result, warning: ioError(error, 'record the rollback', run.folder.path).message };
  }
}

/** Asks the caller whether the result is what was planned. Throws `verify-failed`, or `stopped` when a signal comes. */
export async function confirm(run: Run, verify: Verify, interruption: Pick<Interruption, 'race'>): Promise<void> {
  run.steps.before('verify');
  let reason: string;
  try {
    const result = await interruption.race(Promise.resolve().then(verify));
    if (result.ok) return;
    reason = result.reason;
  } catch (error) {
    if (error instanceof FixError) throw error;
    reason = error instanceof Error ? error.message : String(error);
  }
  const { path } = run.operations[0]!;
  throw new FixError(
    'verify-failed',
    `the audit after the change did not confirm it: ${visible(reason)}; look at the reason and plan the fix again`,
    { path },
  );
}

/** Everything up to the first change; when it fails nothing is left of it. */
async function prepare(
  run: Run,
  interruption: Interruption,
  contents: Parameters<typeof stageAll>[1],
  begin: JournalRecord,
): Promise<void> {
  let begun = false;
  try {
    saveBackups(run, contents);
    await interruption.check();
    run.folder.append(begin, run.steps);
    begun = true;
    await stageAll(run, contents, interruption.check);
    run.folder.append({ record: 'prepared', time: now() }, run.steps);
  } catch (error) {
    if (begun) {
      removeStaged(run);
      syncDirectories(run);
      for (const directory of run.directories.all()) directory.restoreTimes();
    }
    run.folder.discard();
    throw ioError(error, 'prepare the fix', run.folder.path);
  }
}

function openDirectories(run: Run): Directory[] {
  for (const { op } of writesOf(run.operations))
    try {
      run.directories.holding(op.real);
    } catch (error) {
      throw ioError(error, 'open its directory', op.path);
    }
  return [...run.directories.all()];
}

/** ISO time. */
export function now(): string {
  return new Date().toISOString();
}
