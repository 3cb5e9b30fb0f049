import type { FileVersion, LeftAlone, PlannedOperation } from './operation.ts';

/** A directory's modification time in nanoseconds, as decimal text. */
interface DirectoryTime {
  readonly path: string;
  readonly mtimeNs: string;
}

/**
 * One line of a journal. Each is on the disk before the step that it announces:
 * - `begin`: from now on there may be staged files beside the targets; nothing else has changed
 * - `prepared`: all new content is staged; from now on any operation may have been done
 * - `committed`: all operations are done and on the disk; the audit has not confirmed them yet
 * - `rolling-back`: from now on only going back is right
 * - `applied`, `rolled-back`: the end; nothing is left beside the targets
 * - `undone`: an undo found that everything was already as before
 */
export type JournalRecord =
  | {
      readonly record: 'begin';
      readonly version: 1;
      readonly id: string;
      readonly time: string;
      readonly stateDir: string;
      readonly description: string;
      /** The transaction that this one takes back. */
      readonly undoes?: string;
      readonly operations: readonly PlannedOperation[];
      /** The directories of the written files, as they were. */
      readonly directories: readonly (DirectoryTime & { readonly atimeNs: string })[];
    }
  | { readonly record: 'prepared' | 'committed' | 'undone'; readonly time: string }
  | {
      readonly record: 'applied';
      readonly time: string;
      /** Whether an audit confirmed the result. */
      readonly verified: boolean;
      /** The directories of the written files, as this transaction left them. */
      readonly directories: readonly DirectoryTime[];
    }
  | { readonly record: 'rolling-back'; readonly time: string; readonly reason: string }
  | { readonly record: 'rolled-back'; readonly time: string; readonly left: readonly LeftAlone[] };

export type BeginRecord = Extract<JournalRecord, { record: 'begin' }>;
export type AppliedRecord = Extract<JournalRecord, { record: 'applied' }>;

/** Whether a parsed line is a record. Journals are private to their user; this guards against damage, not against attack. */
export function isRecord(value: unknown): value is JournalRecord {
  if (!isObject(value) || typeof value.time !== 'string') return false;
  switch (value.record) {
    case 'begin':
      return (
        value.version === 1 &&
        areTexts(value.id, value.stateDir, value.description) &&
        (value.undoes === undefined || typeof value.undoes === 'string') &&
        isList(value.operations, isOperation) &&
        isList(value.directories, (d) => isObject(d) && typeof d.path === 'string' && areDecimals(d.mtimeNs, d.atimeNs))
      );
    case 'applied':
      return (
        typeof value.verified === 'boolean' &&
        isList(value.directories, (d) => isObject(d) && typeof d.path === 'string' && areDecimals(d.mtimeNs))
      );
    case 'rolling-back':
      return typeof value.reason === 'string';
    case 'rolled-back':
      return isList(value.left, (l) => isObject(l) && areTexts(l.path, l.reason));
    case 'prepared':
    case 'committed':
    case 'undone':
      return true;
    default:
      return false;
  }
}

function isOperation(value: unknown): value is PlannedOperation {
  if (!isObject(value) || !areTexts(value.path, value.real)) return false;
  if (value.kind === 'chmod')
    return typeof value.dir === 'boolean' && [value.uid, value.before, value.after].every(Number.isSafeInteger);
  return (
    value.kind === 'write' &&
    [value.staged, value.kept].every((name) => typeof name === 'string' && /^\.[\w.-]+$/.test(name)) &&
    (value.before === null || (isVersion(value.before) && areDecimals(value.before.atimeNs, value.before.mtimeNs))) &&
    isVersion(value.after) &&
    [value.after.atimeNs, value.after.mtimeNs].every((time) => time === undefined || areDecimals(time))
  );
}

function isVersion(value: unknown): value is Partial<FileVersion> {
  return (
    isObject(value) &&
    typeof value.sha256 === 'string' &&
    [value.size, value.mode, value.uid, value.gid].every(Number.isSafeInteger)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown, of: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(of);
}

function areTexts(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}

function areDecimals(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string' && /^-?\d{1,20}$/.test(value));
}
