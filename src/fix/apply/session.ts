import { CAN_ANCHOR } from './directory.ts';
import { errorCode, ioError } from './errors.ts';
import { ensureJournalDir, locateJournalDir } from './journal-dir.ts';
import { removeUnbegun } from './listing.ts';
import { acquireLock } from './lock.ts';
import { type FaultHook, Steps } from './steps.ts';

/** What everything that writes has in common. */
export interface SessionOptions {
  /** Outside of the state directory; see `defaultJournalDir`. Created when needed. */
  readonly journalDir: string;
  /** For tests: called before each step. */
  readonly faultHook?: FaultHook;
  /** For tests: do without what only Linux has. */
  readonly portable?: boolean;
}

/** Exclusive access to a journal directory. */
export interface Session {
  /** With links followed. */
  readonly journalDir: string;
  readonly anchored: boolean;
  readonly steps: Steps;
}

/** Whether directories are anchored; see `Directory`. */
export function isAnchored({ portable = false }: Pick<SessionOptions, 'portable'>): boolean {
  return CAN_ANCHOR && !portable;
}

/** Does `work` under the lock of the journal directory. Throws `busy` at once when it is taken. */
export async function withLock<T>(
  options: SessionOptions,
  stateDir: string | undefined,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const journalDir = locateJournalDir(options.journalDir, stateDir);
  ensureJournalDir(journalDir);
  const steps = new Steps(options.faultHook);
  const lock = acquireLock(journalDir, steps);
  try {
    removeUnbegun(journalDir);
    return await work({ journalDir, anchored: isAnchored(options), steps });
  } catch (error) {
    throw errorCode(error) === '' ? error : ioError(error, 'work with this journal', journalDir);
  } finally {
    lock.release();
  }
}
