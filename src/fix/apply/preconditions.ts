import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { formatMode } from '../../core/text.ts';
import { filesWithAccessList } from './access-list.ts';
import { Directory, Entry } from './directory.ts';
import { errorCode, FixError, ioError, type Problem, problemsError, shown } from './errors.ts';
import { type FileOnDisk, MAX_FILE_BYTES, readFile, sha256 } from './file.ts';
import type {
  ChmodRequest,
  FileVersion,
  OperationRequest,
  PlannedChmod,
  PlannedOperation,
  PlannedWrite,
  WriteRequest,
} from './operation.ts';
import { hardLinked, LOOK, precondition, StateRoot, type Target } from './state-root.ts';

/** What a transaction is about to do. */
export interface Request {
  readonly stateDir: string;
  readonly realStateDir?: string;
  readonly operations: readonly OperationRequest[];
  /** The next step for a file that somebody changed; default: to plan again. */
  readonly ifChanged?: string;
}

/** A write's content before and after. */
export interface Content {
  readonly before: Uint8Array | null;
  readonly after: Uint8Array;
}

/** Operations that passed every check, in the order asked for, without those that have nothing to do. */
export interface Planned {
  readonly operations: readonly PlannedOperation[];
  /** By index of the operation. */
  readonly contents: ReadonlyMap<number, Content>;
}

/** Builds the error for a file that is not what was expected. */
type Changed = (file: string, what: string) => FixError;

interface Candidate {
  readonly order: number;
  readonly operation: PlannedOperation;
  readonly content?: Content;
}

/**
 * Compares the world with what the request expects, and changes nothing. Throws `invalid-plan` for a request that
 * contradicts itself, and `precondition` with every file that is in the way.
 */
export function checkPreconditions(request: Request, anchored: boolean): Planned {
  const root = new StateRoot(request.stateDir, request.realStateDir, anchored);
  const found = new Map<string, Candidate>();
  const problems: Problem[] = [];
  const changed: Changed = (file, what) => precondition(file, what, request.ifChanged ?? 'plan the fix again');
  const collect = (order: number, operation: OperationRequest): void => {
    try {
      if (operation.kind === 'write') checkWrite(root, operation, order, found, changed, anchored);
      else checkChmod(root, operation, order, found, changed);
    } catch (error) {
      const known = ioError(error, 'read it', operation.path);
      if (known.code === 'invalid-plan') throw known;
      problems.push({ path: operation.path, message: known.message });
    }
  };
  try {
    // Writes first, so that a change of mode of the same file becomes part of the write.
    for (const kind of ['write', 'chmod'])
      for (const [order, operation] of request.operations.entries())
        if (operation.kind === kind) collect(order, operation);
  } finally {
    root.close();
  }
  const chosen = [...found.values()].filter(({ operation }) => !isNothing(operation)).sort((a, b) => a.order - b.order);
  const written = chosen.flatMap(({ operation: op }) => (op.kind === 'write' && op.before ? [op.real] : []));
  for (const real of filesWithAccessList(written))
    problems.push({
      path: real,
      message: `${shown(real)}: it has an access control list, which a new file would not keep; remove the list (setfacl -b) or make this change by hand`,
    });
  if (problems.length > 0) throw problemsError('precondition', problems);
  return {
    operations: chosen.map(({ operation }) => operation),
    contents: new Map(chosen.flatMap(({ content }, index) => (content ? [[index, content]] : []))),
  };
}

function checkWrite(
  root: StateRoot,
  request: WriteRequest,
  order: number,
  found: Map<string, Candidate>,
  changed: Changed,
  anchored: boolean,
): void {
  const { target, linkOwners } = root.locate(request.path, request.realPath);
  if (found.has(target.real)) throw contradiction(request.path, 'it is written twice');
  if (request.mode !== undefined) assertMode(request.path, request.mode);
  const current = inspect(target, anchored);
  const after = sha256(request.bytes);
  if (!current) {
    if (request.expect || !request.restore || request.mode === undefined) throw changed(request.path, 'it is gone');
    root.assertOwner(target, request.restore.uid, linkOwners);
  } else {
    root.assertOwner(target, current.uid, linkOwners);
    if (current.nlink !== 1) throw hardLinked(request.path, current.nlink);
  }
  const mode = request.mode ?? current?.mode ?? 0;
  // Already as wanted: whatever was expected before no longer matters.
  if (current?.sha256 === after) {
    const operation: PlannedChmod = {
      kind: 'chmod',
      path: request.path,
      real: target.real,
      dir: false,
      uid: current.uid,
      before: current.mode,
      after: mode,
    };
    found.set(target.real, { order, operation });
    return;
  }
  if (current && request.expect) {
    const { expect } = request;
    if (current.sha256 !== expect.sha256) throw changed(request.path, 'its content has changed since');
    if (expect.mode !== undefined && current.mode !== expect.mode)
      throw changed(request.path, modes(expect.mode, current.mode));
    if (expect.uid !== undefined && current.uid !== expect.uid)
      throw changed(request.path, `its owner is now user ${current.uid} and no longer ${expect.uid}`);
  }
  if (request.bytes.length > MAX_FILE_BYTES) throw contradiction(request.path, 'its new content is too large');
  const { uid, gid } = current ?? request.restore!;
  const names = randomBytes(12).toString('hex');
  const operation: PlannedWrite = {
    kind: 'write',
    path: request.path,
    real: target.real,
    before: current ? version(current) : null,
    after: {
      sha256: after,
      size: request.bytes.length,
      mode,
      uid: request.restore?.uid ?? uid,
      gid: request.restore?.gid ?? gid,
      ...(request.restore ? { atimeNs: request.restore.atimeNs, mtimeNs: request.restore.mtimeNs } : {}),
    },
    staged: `.openclaw-security-${names}.new`,
    kept: `.openclaw-security-${names}.old`,
  };
  found.set(target.real, { order, operation, content: { before: current?.bytes ?? null, after: request.bytes } });
}

function checkChmod(
  root: StateRoot,
  request: ChmodRequest,
  order: number,
  found: Map<string, Candidate>,
  changed: Changed,
): void {
  assertMode(request.path, request.to);
  const { target, linkOwners } = root.locate(request.path, request.realPath);
  if (process.platform === 'win32')
    throw precondition(target.path, 'Windows has access control lists in place of modes', 'use icacls');
  const seen = root.inspectForMode(target, request.dir, linkOwners);
  if (request.from !== undefined && seen.mode !== request.from && seen.mode !== request.to)
    throw changed(request.path, modes(request.from, seen.mode));
  const earlier = found.get(target.real);
  if (!earlier) {
    const { path: at, to, dir } = request;
    found.set(target.real, {
      order,
      operation: { kind: 'chmod', path: at, real: target.real, dir, uid: seen.uid, before: seen.mode, after: to },
    });
    return;
  }
  const operation = withMode(earlier.operation, request.to);
  if (!operation) throw contradiction(request.path, 'it is given two different modes');
  found.set(target.real, { ...earlier, operation });
}

/** The operation with another mode afterwards; `undefined` when it sets yet another one already. */
function withMode(operation: PlannedOperation, mode: number): PlannedOperation | undefined {
  if (operation.kind === 'chmod')
    return [operation.before, mode].includes(operation.after) ? { ...operation, after: mode } : undefined;
  const set = operation.after.mode;
  if (set !== mode && set !== operation.before?.mode) return undefined;
  return { ...operation, after: { ...operation.after, mode } };
}

function isNothing(operation: PlannedOperation): boolean {
  return operation.kind === 'chmod' && operation.before === operation.after;
}

function inspect(target: Target, anchored: boolean): FileOnDisk | undefined {
  const parent = new Directory(path.dirname(target.real), anchored);
  try {
    const file = readFile(parent, path.basename(target.real));
    if (file && mountOf(parent, path.basename(target.real), anchored) !== parent.mountId())
      throw precondition(
        target.path,
        'it is a mount point of its own, so it cannot be replaced',
        'change the file on the host that is mounted here',
      );
    return file;
  } catch (error) {
    if (errorCode(error) === 'NOTFILE') throw precondition(target.path, 'it is not a regular file', LOOK);
    if (errorCode(error) === 'EFBIG')
      throw precondition(target.path, `it is larger than ${MAX_FILE_BYTES >> 20} MiB`, 'look at what it is');
    throw error;
  } finally {
    parent.close();
  }
}

function mountOf(parent: Directory, name: string, anchored: boolean): string | undefined {
  const entry = new Entry(parent, name, anchored);
  try {
    return entry.mountId();
  } finally {
    entry.close();
  }
}

function version({ sha256, size, mode, uid, gid, atimeNs, mtimeNs }: FileOnDisk): FileVersion {
  return { sha256, size, mode, uid, gid, atimeNs, mtimeNs };
}

function modes(expected: number, found: number): string {
  return `its mode is now ${formatMode(found)} and no longer ${formatMode(expected)}`;
}

function assertMode(file: string, mode: number): void {
  if (!Number.isInteger(mode) || mode < 0 || mode > 0o7777) throw contradiction(file, `${mode} is not a mode`);
}

function contradiction(file: string, what: string): FixError {
  return new FixError('invalid-plan', `${shown(file)}: ${what}; plan the fix again`, { path: file });
}
