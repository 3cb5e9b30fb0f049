import fs from 'node:fs';
import { FixError, shown } from './errors.ts';
import { hasJournalDir, locateJournalDir } from './journal-dir.ts';
import { assertAllEnded, type JournalState, readJournals } from './listing.ts';
import type { LeftAlone, OperationRequest } from './operation.ts';
import { type Session, type SessionOptions, withLock } from './session.ts';
import { watchInterruption } from './steps.ts';
import { execute, now, type RolledBack, type TransactionRequest } from './transaction.ts';

interface UndoOptions extends Omit<SessionOptions, 'journalDir'> {
  /** Go back even where somebody has changed a file since; its present content is kept in the journal. */
  readonly force?: boolean;
  /** Stops the undo, which then rolls back; so do SIGINT, SIGTERM and SIGHUP. */
  readonly signal?: AbortSignal;
}

/** What came of an undo. */
type UndoResult =
  | {
      readonly outcome: 'undone';
      /** The transaction that was taken back. */
      readonly undoes: string;
      /** The undo's own transaction, which can itself be undone; absent when all was already as before. */
      readonly id?: string;
      readonly restored: readonly string[];
      /** Files whose mode is not put back because they are gone. */
      readonly left: readonly LeftAlone[];
    }
  | RolledBack;

const IF_CHANGED = 'look at it first, or force the undo, which keeps a copy of what is there now';

/**
 * Takes back the transaction `id`, by default the latest one: content, modes and times are as they were. It is a
 * transaction of its own, so it happens wholly or not at all, survives a crash, and can be undone as well.
 *
 * Throws `unknown-id`, `not-applied`, `already-undone`, `interrupted`, and `changed-since` with every file that somebody
 * has changed since; and whatever stops a fix.
 */
export async function undo(journalDir: string, id?: string, options: UndoOptions = {}): Promise<UndoResult> {
  if (!hasJournalDir(locateJournalDir(journalDir))) throw nothingToUndo(journalDir);
  const interruption = watchInterruption(options.signal);
  try {
    return await withLock({ ...options, journalDir }, undefined, async (session) => {
      assertAllEnded(session.journalDir);
      const { states } = readJournals(session.journalDir);
      const state = choose(session, states, id);
      if (!options.force) assertLatest(state, states);
      const { request, left } = inverse(state, options.force ?? false);
      const undoes = state.folder.id;
      const result = await execute(session, request, undefined, interruption).catch((error) => {
        throw asChanged(error);
      });
      if (result.outcome === 'rolled-back') return result;
      if (result.outcome === 'applied')
        return { outcome: 'undone', undoes, id: result.id, restored: result.changed, left };
      state.folder.append({ record: 'undone', time: now() }, session.steps);
      return { outcome: 'undone', undoes, restored: [], left };
    });
  } finally {
    interruption.dispose();
  }
}

/** The transaction that is meant, if it can be undone. */
function choose(session: Session, states: readonly JournalState[], id: string | undefined): JournalState {
  const state =
    id === undefined
      ? states.findLast((s) => s.applied && s.begin.undoes === undefined)
      : states.find((s) => s.folder.id === id);
  if (!state) throw id === undefined ? nothingToUndo(session.journalDir) : unknown(id);
  const { folder, applied, undone } = state;
  if (!applied)
    throw new FixError('not-applied', `${shown(folder.id)}: it was rolled back, so there is nothing to undo`);
  if (undone)
    throw new FixError(
      'already-undone',
      `${shown(folder.id)}: it is undone already; give the id of another transaction to undo that one`,
    );
  return state;
}

/** Throws `changed-since` when a later transaction, still in effect, touches the same file. */
function assertLatest(state: JournalState, states: readonly JournalState[]): void {
  const own = new Set(state.begin.operations.map((op) => op.real));
  for (const later of states.slice(states.indexOf(state) + 1)) {
    // An undo that takes back a later fix restores what this one left.
    if (!later.applied || later.undone || later.begin.undoes !== undefined) continue;
    const shared = later.begin.operations.find((op) => own.has(op.real));
    if (shared)
      throw new FixError(
        'changed-since',
        `${shown(shared.path)}: the later fix ${shown(later.folder.id)} changed it as well; undo that one first`,
        { path: shared.path },
      );
  }
}

/** The transaction that leads back. */
function inverse(state: JournalState, force: boolean): { request: TransactionRequest; left: LeftAlone[] } {
  const left: LeftAlone[] = [];
  const operations: OperationRequest[] = [];
  for (const [index, op] of [...state.begin.operations.entries()].reverse()) {
    const where = { path: op.path, realPath: op.real };
    if (op.kind === 'chmod') {
      if (!fs.lstatSync(op.real, { throwIfNoEntry: false })) left.push({ path: op.path, reason: 'it is gone' });
      else
        operations.push({
          ...where,
          kind: 'chmod',
          to: op.before,
          dir: op.dir,
          ...(force ? {} : { from: op.after }),
        });
      continue;
    }
    if (op.before === null) {
      left.push({ path: op.path, reason: 'the undo of an undo does not delete it again' });
      continue;
    }
    const { sha256, mode, uid } = op.after;
    operations.push({
      ...where,
      kind: 'write',
      bytes: state.folder.loadBefore(index, op.before),
      mode: op.before.mode,
      restore: op.before,
      ...(force ? {} : { expect: { sha256, mode, uid } }),
    });
  }
  const leftTimes = new Map(state.applied?.directories.map((d) => [d.path, BigInt(d.mtimeNs)]));
  return {
    left,
    request: {
      stateDir: state.begin.stateDir,
      description: `Undo: ${state.begin.description}`,
      undoes: state.folder.id,
      operations,
      ifChanged: IF_CHANGED,
      directoryTimes: new Map(
        state.begin.directories.flatMap(({ path, mtimeNs, atimeNs }) => {
          const time = leftTimes.get(path);
          if (time === undefined) return [];
          return [[path, { mtimeNs: BigInt(mtimeNs), atimeNs: BigInt(atimeNs), left: time }] as const];
        }),
      ),
    },
  };
}

function asChanged(error: unknown): unknown {
  if (!(error instanceof FixError) || error.code !== 'precondition') return error;
  return new FixError('changed-since', error.message, {
    problems: error.problems,
    ...(error.path === undefined ? {} : { path: error.path }),
  });
}

function nothingToUndo(journalDir: string): FixError {
  return new FixError('unknown-id', `${shown(journalDir)}: no fix was applied from here, so there is nothing to undo`);
}

function unknown(id: string): FixError {
  return new FixError(
    'unknown-id',
    `${shown(id)}: there is no such transaction; list the journal to see which there are`,
  );
}
