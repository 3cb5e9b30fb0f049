import { FixError, RECOVER_COMMAND, shown } from './errors.ts';
import { type TransactionFolder, transactionFolders } from './journal.ts';
import { hasJournalDir, locateJournalDir } from './journal-dir.ts';
import type { AppliedRecord, BeginRecord, JournalRecord } from './journal-record.ts';
import { isLocked } from './lock.ts';
import type { LeftAlone } from './operation.ts';

/**
 * - `running`: at work right now
 * - `interrupted`: a crash left it half done; it has to be recovered
 * - `damaged`: its journal cannot be read
 */
type EntryState = 'applied' | 'undone' | 'rolled-back' | 'running' | 'interrupted' | 'damaged';

/** One transaction of the journal, for people. */
interface JournalEntry {
  readonly id: string;
  /** ISO time of its start; absent when it is damaged. */
  readonly time?: string;
  readonly description: string;
  readonly state: EntryState;
  /** The files and directories that it changes, by configured path. */
  readonly files: readonly string[];
  /** The transaction that it takes back. */
  readonly undoes?: string;
  /** Whether an audit confirmed it; only for `applied` and `undone`. */
  readonly verified?: boolean;
  /** What a rollback did not touch. */
  readonly left?: readonly LeftAlone[];
  /** Why it is damaged. */
  readonly problem?: string;
}

/** A transaction with its records. */
export interface JournalState {
  readonly folder: TransactionFolder;
  readonly begin: BeginRecord;
  readonly records: readonly JournalRecord[];
  readonly applied?: AppliedRecord;
  /** It came to its end, one way or the other. */
  readonly ended: boolean;
  readonly undone: boolean;
}

/** The readable transactions, oldest first, and the damaged ones. Folders of transactions that never began are left out. */
export function readJournals(journalDir: string): {
  readonly states: readonly JournalState[];
  readonly damaged: readonly { readonly folder: TransactionFolder; readonly error: FixError }[];
} {
  const read: { folder: TransactionFolder; begin: BeginRecord; records: readonly JournalRecord[] }[] = [];
  const damaged: { folder: TransactionFolder; error: FixError }[] = [];
  for (const folder of transactionFolders(journalDir)) {
    try {
      const records = folder.read();
      const begin = records[0];
      if (begin?.record === 'begin') read.push({ folder, begin, records });
    } catch (error) {
      if (!(error instanceof FixError)) throw error;
      damaged.push({ folder, error });
    }
  }
  read.sort((a, b) => compare(a.begin.time, b.begin.time) || compare(a.folder.id, b.folder.id));
  const undone = new Set<string>();
  // Newest first, because an undo that was itself undone takes nothing back.
  for (const { folder, begin, records } of read.toReversed()) {
    if (records.some((r) => r.record === 'undone')) undone.add(folder.id);
    if (begin.undoes !== undefined && !undone.has(folder.id) && records.some((r) => r.record === 'applied'))
      undone.add(begin.undoes);
  }
  const states = read.map(({ folder, begin, records }): JournalState => {
    const applied = records.find((r) => r.record === 'applied');
    return {
      folder,
      begin,
      records,
      ...(applied ? { applied } : {}),
      ended: applied !== undefined || records.some((r) => r.record === 'rolled-back'),
      undone: undone.has(folder.id),
    };
  });
  return { states, damaged };
}

/** What the journal holds, oldest first; empty when there is none. Reads only. Throws `journal-unsafe`. */
export function listJournal(journalDir: string): readonly JournalEntry[] {
  const real = locateJournalDir(journalDir);
  if (!hasJournalDir(real)) return [];
  const { states, damaged } = readJournals(real);
  const running = states.some((state) => !state.ended) && isLocked(real);
  return [
    ...damaged.map(
      ({ folder, error }): JournalEntry => ({
        id: folder.id,
        description: '',
        state: 'damaged',
        files: [],
        problem: error.message,
      }),
    ),
    ...states.map((state): JournalEntry => {
      const left = state.records.find((r) => r.record === 'rolled-back')?.left;
      return {
        id: state.folder.id,
        time: state.begin.time,
        description: state.begin.description,
        state: stateOf(state, running),
        files: state.begin.operations.map((op) => op.path),
        ...(state.begin.undoes === undefined ? {} : { undoes: state.begin.undoes }),
        ...(state.applied ? { verified: state.applied.verified } : {}),
        ...(left && left.length > 0 ? { left } : {}),
      };
    }),
  ];
}

/** Throws `interrupted` or `journal-damaged` when an earlier transaction stands in the way of a new one. */
export function assertAllEnded(journalDir: string): void {
  const { states, damaged } = readJournals(journalDir);
  if (damaged[0]) throw damaged[0].error;
  const open = states.find((state) => !state.ended);
  if (open)
    throw new FixError(
      'interrupted',
      `${shown(open.folder.path)}: an earlier fix was interrupted; run ${RECOVER_COMMAND} first`,
      { path: open.folder.path },
    );
}

/** Removes folders of transactions that never began; only for the holder of the lock. */
export function removeUnbegun(journalDir: string): void {
  for (const folder of transactionFolders(journalDir)) {
    try {
      if (folder.read().length === 0) folder.discard();
    } catch {
      // Damaged: reported by whoever reads it, and never removed.
    }
  }
}

function stateOf(state: JournalState, running: boolean): EntryState {
  if (!state.ended) return running ? 'running' : 'interrupted';
  if (!state.applied) return 'rolled-back';
  return state.undone ? 'undone' : 'applied';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
