import { visible } from '../../core/text.ts';

/** The command that ends an interrupted transaction; messages name it as the next step. */
export const RECOVER_COMMAND = 'openclaw-security recover';

/**
 * - `invalid-plan`: the transaction contradicts itself or names a path that cannot be meant
 * - `precondition`: the world is not what the plan expected; nothing was changed
 * - `busy`: another fix holds the lock
 * - `journal-location`, `journal-unsafe`: the journal directory is in the wrong place, or others could change it
 * - `journal-damaged`: a journal cannot be read
 * - `interrupted`: an earlier transaction has to be recovered first
 * - `unknown-id`, `not-applied`, `already-undone`, `changed-since`: why an undo is refused
 * - `conflict`: somebody changed a file while the transaction ran
 * - `stopped`: a signal or the caller ended the transaction
 * - `verify-failed`: the audit after the change did not show what was planned
 * - `cannot-finish`: an interrupted transaction can only be rolled back
 * - `rollback-incomplete`: some files could not be put back
 * - `io`: the operating system refused something
 */
type FixErrorCode =
  | 'invalid-plan'
  | 'precondition'
  | 'busy'
  | 'journal-location'
  | 'journal-unsafe'
  | 'journal-damaged'
  | 'interrupted'
  | 'unknown-id'
  | 'not-applied'
  | 'already-undone'
  | 'changed-since'
  | 'conflict'
  | 'stopped'
  | 'verify-failed'
  | 'cannot-finish'
  | 'rollback-incomplete'
  | 'io';

/** One file and what is in the way, as one sentence that starts with its path. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** Anything that stops a fix, an undo or a recovery. The message is one sentence that names the file and the next step. */
export class FixError extends Error {
  override readonly name = 'FixError';
  readonly code: FixErrorCode;
  /** The file that it is about. */
  readonly path?: string;
  /** Every file in the way, when there may be several. */
  readonly problems: readonly Problem[];
  constructor(
    code: FixErrorCode,
    message: string,
    details: { path?: string; problems?: readonly Problem[]; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    if (details.path !== undefined) this.path = details.path;
    this.problems = details.problems ?? [];
  }
}

/** A path in a message: attackers name files, too. */
export function shown(path: string): string {
  return visible(path, 300);
}

/** An error that is about several files: the first in full, the others counted. */
export function problemsError(code: FixErrorCode, problems: readonly Problem[]): FixError {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return new FixError(code, `${first?.message ?? 'unknown problem'}${more}`, {
    problems,
    ...(first ? { path: first.path } : {}),
  });
}

const REASONS: Readonly<Record<string, readonly [reason: string, next: string]>> = {
  ENOSPC: ['the disk is full', 'free some space and run it again'],
  EDQUOT: ['the disk quota is used up', 'free some space and run it again'],
  EROFS: ['the file system is read-only', 'mount it writable and run it again'],
  EACCES: ['permission denied', 'run it as the owner of the file'],
  EPERM: ['the operation is not permitted', 'run it as the owner and look for an immutable flag (lsattr)'],
  EBUSY: ['it is in use or a mount point', 'stop what uses it and run it again'],
  ENOENT: ['it is gone', 'plan the fix again'],
  ENOTDIR: ['a part of the path is not a directory', 'plan the fix again'],
  ELOOP: ['it is a symbolic link', 'plan the fix again'],
  EEXIST: ['it exists already', 'run it again'],
  EIO: ['the disk reports an error', 'check the disk'],
  EFBIG: ['the file would be larger than the limit of this process', 'raise the limit (ulimit -f) and run it again'],
  EMFILE: ['too many files are open', 'raise the limit (ulimit -n) and run it again'],
};

/** The `code` of a Node error, or ''. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Why the operating system refused, in words. Never the raw message: it names paths through open descriptors. */
function ioReason(error: unknown): string {
  const code = errorCode(error);
  return REASONS[code]?.[0] ?? (code || (error instanceof Error ? visible(error.message) : 'unknown error'));
}

/** Turns what a system call threw into a `FixError`; one that is already a `FixError` stays as it is. */
export function ioError(error: unknown, doing: string, path: string): FixError {
  if (error instanceof FixError) return error;
  const next = REASONS[errorCode(error)]?.[1] ?? 'look at the cause and run it again';
  return new FixError('io', `${shown(path)}: cannot ${doing}: ${ioReason(error)}; ${next}`, { path, cause: error });
}
