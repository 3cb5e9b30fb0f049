import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { errorCode, FixError, ioError, shown } from './errors.ts';
import { createFile, sha256, writeFully } from './file.ts';
import { isRecord, type JournalRecord } from './journal-record.ts';
import type { FileVersion } from './operation.ts';
import type { Steps } from './steps.ts';
import { effectiveUid } from './trust.ts';

const JOURNAL = 'journal.jsonl';
const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
/** A hundred thousand operations; more is not a journal of ours. */
const MAX_JOURNAL_BYTES = 64 * 1024 * 1024;
/** More than the records that end a transaction take. */
const RESERVE_BYTES = 16 * 1024;
const { O_APPEND, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY, O_RDWR } = fs.constants;

/** A new id that sorts by time. */
export function newId(now: Date): string {
  return `${now.toISOString().replace(/[-:]|\.\d+Z$/g, '')}-${randomBytes(4).toString('hex')}`;
}

/** Throws `invalid-plan` when `id` cannot name a transaction. */
export function assertId(id: string): void {
  if (!ID.test(id))
    throw new FixError(
      'invalid-plan',
      `${shown(id)}: an id has at most 64 letters, digits, "-" and "_"; choose another`,
    );
}

/** The folder of one transaction: its journal and the content it replaced. */
export class TransactionFolder {
  readonly id: string;
  readonly path: string;
  constructor(journalDir: string, id: string) {
    this.id = id;
    this.path = path.join(journalDir, id);
  }

  /** Makes the folder, which must not exist. */
  create(steps: Steps): void {
    try {
      steps.before('create journal folder');
      fs.mkdirSync(this.path, { mode: 0o700 });
      fs.writeFileSync(this.#reserve, randomBytes(RESERVE_BYTES), { flag: 'wx', mode: 0o600 });
      syncFolder(path.dirname(this.path));
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') this.discard();
      throw ioError(error, 'create the journal of this fix', this.path);
    }
  }

  /** Keeps what operation `index` will replace. */
  saveBefore(index: number, bytes: Uint8Array): void {
    const file = this.#before(index);
    try {
      createFile(file, bytes);
    } catch (error) {
      throw ioError(error, 'save a backup', file);
    }
  }

  /** What operation `index` replaced; throws `journal-damaged` unless it is exactly that. */
  loadBefore(index: number, version: FileVersion): Buffer {
    const file = this.#before(index);
    const bytes = readPrivate(file);
    if (sha256(bytes) !== version.sha256)
      throw new FixError('journal-damaged', `${shown(file)}: the backup has changed; restore the file from elsewhere`, {
        path: file,
      });
    return bytes;
  }

  /**
   * Appends a record and waits until it is on the disk. The first one creates the journal. Throws `FixError`; a record
   * that could not be written whole is cut off again.
   */
  append(record: JournalRecord, steps: Steps): void {
    const file = path.join(this.path, JOURNAL);
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    try {
      steps.before(`journal ${record.record}`);
      if (record.record === 'begin') {
        createFile(file, line);
        syncFolder(this.path);
      } else
        try {
          appendLine(file, line);
        } catch (error) {
          if (!['ENOSPC', 'EDQUOT'].includes(errorCode(error)) || !fs.existsSync(this.#reserve)) throw error;
          fs.rmSync(this.#reserve);
          appendLine(file, line);
        }
    } catch (error) {
      throw ioError(error, 'write the journal', file);
    }
    if (record.record === 'applied' || record.record === 'rolled-back') this.#releaseReserve();
  }

  /**
   * The records, without a last line that a crash cut short. No record: the transaction never began. Throws
   * `journal-damaged`, and `journal-unsafe` when somebody else could have written it.
   */
  read(): readonly JournalRecord[] {
    const file = path.join(this.path, JOURNAL);
    let text: string;
    try {
      text = readPrivate(file).toString('utf8');
    } catch (error) {
      if (error instanceof FixError && errorCode(error.cause) === 'ENOENT') return [];
      throw error;
    }
    const lines = text.split('\n');
    // Text after the last line break is a record that was being written.
    lines.pop();
    return lines.flatMap((line, index) => {
      const record = parse(line);
      if (record && (record.record === 'begin') === (index === 0)) return [record];
      if (index === lines.length - 1) return [];
      throw new FixError(
        'journal-damaged',
        `${shown(file)}: line ${index + 1} is not a record that this version knows; use a newer version or move the folder away`,
        { path: file },
      );
    });
  }

  /** Removes the folder of a transaction that changed nothing. */
  discard(): void {
    fs.rmSync(this.path, { recursive: true, force: true });
  }

  /** Space that is given up when the disk fills meanwhile, so that the end of a transaction can always be written. */
  get #reserve(): string {
    return path.join(this.path, 'reserve');
  }

  #releaseReserve(): void {
    try {
      fs.rmSync(this.#reserve, { force: true });
    } catch {
      // The transaction has ended; a few kilobytes too many change nothing about that.
    }
  }

  #before(index: number): string {
    return path.join(this.path, `before-${index}`);
  }
}

/** Writes the names in a folder to the disk. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = fs.openSync(folder, O_RDONLY);
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** The transactions that have a folder, in the order of their ids. */
export function transactionFolders(journalDir: string): TransactionFolder[] {
  try {
    return fs
      .readdirSync(journalDir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && ID.test(entry.name))
      .map((entry) => entry.name)
      .sort()
      .map((id) => new TransactionFolder(journalDir, id));
  } catch (error) {
    throw ioError(error, 'read the journal directory', journalDir);
  }
}

function appendLine(file: string, line: Buffer): void {
  const fd = fs.openSync(file, O_RDWR | O_APPEND | O_NOFOLLOW);
  try {
    const whole = wholeLines(fd);
    fs.ftruncateSync(fd, whole);
    try {
      writeFully(fd, line);
      fs.fsyncSync(fd);
    } catch (error) {
      fs.ftruncateSync(fd, whole);
      throw error;
    }
  } finally {
    fs.closeSync(fd);
  }
}

/** Length of the file up to the end of its last record; a block that was never filled is no record. */
function wholeLines(fd: number): number {
  const bytes = readAt(fd, fs.fstatSync(fd).size);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end === 0) return 0;
  const start = end < 2 ? 0 : bytes.lastIndexOf(0x0a, end - 2) + 1;
  return parse(bytes.toString('utf8', start, end - 1)) ? end : start;
}

function readAt(fd: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let done = 0;
  while (done < size) {
    const count = fs.readSync(fd, bytes, done, size - done, done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}

function parse(line: string): JournalRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a file of the journal, which must be a regular file of this user that nobody else may write. */
function readPrivate(file: string): Buffer {
  try {
    const fd = fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const stat = fs.fstatSync(fd);
      const uid = effectiveUid();
      if (!stat.isFile() || (uid !== undefined && (stat.uid !== uid || (stat.mode & 0o022) !== 0)))
        throw new FixError('journal-unsafe', `${shown(file)}: others could have changed it; do not use this journal`, {
          path: file,
        });
      if (stat.size > MAX_JOURNAL_BYTES)
        throw new FixError('journal-damaged', `${shown(file)}: it is too large to be ours; move the folder away`, {
          path: file,
        });
      return fs.readFileSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  } catch (error) {
    throw ioError(error, 'read the journal', file);
  }
}
