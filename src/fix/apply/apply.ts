import type { Transaction } from '../../core/transaction.ts';
import { hasJournalDir, locateJournalDir } from './journal-dir.ts';
import { assertAllEnded } from './listing.ts';
import { isLocked } from './lock.ts';
import { checkPreconditions } from './preconditions.ts';
import { isAnchored, type SessionOptions, withLock } from './session.ts';
import { watchInterruption } from './steps.ts';
import { type ApplyResult, execute, type Verify } from './transaction.ts';

export interface ApplyOptions extends SessionOptions {
  /** Called when everything is changed; anything but `ok` rolls it back. */
  readonly verify: Verify;
  /** Stops the transaction, which then rolls back; so do SIGINT, SIGTERM and SIGHUP. */
  readonly signal?: AbortSignal;
}

/**
 * Applies a transaction: all of it, confirmed by `verify`, or nothing.
 *
 * Throws `FixError` when it stops before the first change (a precondition, the lock, the journal, no space to stage), and
 * with code `rollback-incomplete` when files could not be put back. A failure in between comes back as `rolled-back`
 * with its cause. When everything is as wanted already, nothing is written at all.
 */
export async function apply(transaction: Transaction, options: ApplyOptions): Promise<ApplyResult> {
  const journalDir = locateJournalDir(options.journalDir, transaction.stateDir);
  const { operations } = checkPreconditions(transaction, isAnchored(options));
  if (operations.length === 0) {
    if (hasJournalDir(journalDir) && !isLocked(journalDir)) assertAllEnded(journalDir);
    return { outcome: 'unchanged' };
  }
  const interruption = watchInterruption(options.signal);
  try {
    return await withLock(options, transaction.stateDir, async (session) => {
      assertAllEnded(session.journalDir);
      return execute(session, transaction, options.verify, interruption);
    });
  } finally {
    interruption.dispose();
  }
}
