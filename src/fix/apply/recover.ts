import { commitAll, progressOf } from './commit.ts';
import { Directories } from './directory.ts';
import { FixError, ioError, type Problem, problemsError, shown } from './errors.ts';
import { readFile } from './file.ts';
import { hasJournalDir, locateJournalDir } from './journal-dir.ts';
import { type JournalState, readJournals } from './listing.ts';
import type { LeftAlone, PlannedOperation } from './operation.ts';
import { type Session, type SessionOptions, withLock } from './session.ts';
import { type Run, removeStaged, syncDirectories } from './stage.ts';
import { confirm, finish, now, type RolledBack, rollBack, type Verify } from './transaction.ts';

interface RecoverOptions extends Omit<SessionOptions, 'journalDir'> {
  /** `finish`: do the rest, which takes that all new content was staged. Default: `rollBack`. */
  readonly action?: 'finish' | 'rollBack';
  /** Only this transaction; default: every interrupted one. */
  readonly id?: string;
  /** Confirms a finished one, as in `apply`; without it the journal says that nobody did. */
  readonly verify?: Verify;
}

/** What became of an interrupted transaction. */
interface Recovered {
  readonly id: string;
  readonly outcome: 'finished' | 'rolled-back';
  /** Finished: everything that it changes. Rolled back: what had been changed and is as it was again. */
  readonly files: readonly string[];
  /** Files that somebody else changed meanwhile, and that were left so. */
  readonly left: readonly LeftAlone[];
  /** Why it was rolled back although it should have been finished. */
  readonly cause?: FixError;
}

/**
 * Ends every interrupted transaction, newest first, so that each is wholly done or wholly undone and nothing is left
 * beside its files. It may itself be interrupted and run again. Throws `cannot-finish` (with nothing changed) when
 * `finish` is not possible, and `rollback-incomplete`.
 */
export async function recover(journalDir: string, options: RecoverOptions = {}): Promise<readonly Recovered[]> {
  if (!hasJournalDir(locateJournalDir(journalDir))) return [];
  return withLock({ ...options, journalDir }, undefined, async (session) => {
    const { states, damaged } = readJournals(session.journalDir);
    if (damaged[0] && states.every((state) => state.ended)) throw damaged[0].error;
    if (options.id !== undefined && !states.some((state) => state.folder.id === options.id))
      throw new FixError('unknown-id', `${shown(options.id)}: there is no such transaction; list the journal`);
    const open = states.filter((s) => !s.ended && (options.id === undefined || s.folder.id === options.id));
    const results: Recovered[] = [];
    for (const state of open.toReversed()) results.push(await recoverOne(session, state, options));
    return results;
  });
}

async function recoverOne(session: Session, state: JournalState, options: RecoverOptions): Promise<Recovered> {
  const run: Run = {
    operations: state.begin.operations,
    folder: state.folder,
    directories: new Directories(session.anchored),
    steps: session.steps,
  };
  const { id } = state.folder;
  const prepared = state.records.some((r) => r.record === 'prepared');
  try {
    if (options.action === 'finish') return await goForward(run, state, prepared, options.verify);
    if (prepared) {
      const back = rollBack(run, new FixError('interrupted', 'it was interrupted'));
      return { id, outcome: 'rolled-back', ...wentBack(back) };
    }
    // Nothing but staged files: a target that happens to look like the result is none of ours.
    removeStaged(run);
    syncDirectories(run);
    run.folder.append({ record: 'rolled-back', time: now(), left: [] }, run.steps);
    return { id, outcome: 'rolled-back', files: [], left: [] };
  } catch (error) {
    throw ioError(error, 'recover it', run.folder.path);
  } finally {
    run.directories.close();
  }
}

async function goForward(
  run: Run,
  state: JournalState,
  prepared: boolean,
  verify: Verify | undefined,
): Promise<Recovered> {
  const { id } = state.folder;
  const cannot = (problems: readonly Problem[]): FixError => problemsError('cannot-finish', problems);
  const wholeFix = (what: string): Problem => ({
    path: run.folder.path,
    message: `${shown(run.folder.path)}: ${what}; roll it back instead`,
  });
  if (!prepared) throw cannot([wholeFix('the fix was interrupted before all of its new content was written')]);
  if (state.records.some((r) => r.record === 'rolling-back'))
    throw cannot([wholeFix('the fix had failed and was being rolled back')]);
  const problems = run.operations.filter((op) => !canFinish(run, op)).map(({ path }) => problemWith(path));
  if (problems.length > 0) throw cannot(problems);
  try {
    await commitAll(run, async () => {});
    run.folder.append({ record: 'committed', time: now() }, run.steps);
    if (verify) await confirm(run, verify, { race: (work) => work });
    finish(run, verify !== undefined);
    return { id, outcome: 'finished', files: run.operations.map(({ path }) => path), left: [] };
  } catch (error) {
    const cause = ioError(error, 'finish the fix', run.folder.path);
    return { id, outcome: 'rolled-back', ...wentBack(rollBack(run, cause)), cause };
  }
}

function canFinish(run: Run, op: PlannedOperation): boolean {
  try {
    const progress = progressOf(run, op);
    if (progress !== 'before' || op.kind === 'chmod') return progress !== 'foreign';
    return readFile(run.directories.holding(op.real), op.staged)?.sha256 === op.after.sha256;
  } catch {
    return false;
  }
}

function problemWith(path: string): Problem {
  return {
    path,
    message: `${shown(path)}: somebody else changed it, or its new content is gone; roll the fix back instead`,
  };
}

/** What a rollback did, unless it could not be recorded: then the recovery is not over. */
function wentBack({ restored, left, warning }: RolledBack): Pick<Recovered, 'files' | 'left'> {
  if (warning !== undefined) throw new FixError('io', warning);
  return { files: restored, left };
}
