import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { errorCode, FixError, ioError, shown } from './errors.ts';
import { liveness, ownIdentity, type ProcessIdentity } from './process-identity.ts';
import type { Steps } from './steps.ts';

/** A held lock. */
interface Lock {
  /** Gives it back; harmless when it is no longer ours. */
  release(): void;
}

interface Holder extends ProcessIdentity {
  /** Tells two locks of the same process apart. */
  readonly nonce: string;
  /** ISO time, for people. */
  readonly since: string;
}

const NAME = 'lock';
const CANDIDATE = /^lock(\.break)*\.[0-9a-f]{32}$/;
/** Each level needs one more crash inside the few microseconds of breaking a lock. */
const MAX_DEPTH = 5;
const MAX_ATTEMPTS = 20;

/**
 * Takes the one lock of a journal directory, or throws `busy` at once with the holder's process id.
 *
 * The lock appears complete: it is written under another name and hard-linked into place, so nobody ever reads half a
 * holder. A lock whose process is gone is removed only under a lock of its own (`lock.break`), so that two processes
 * that both see a stale lock cannot remove each other's fresh one.
 */
export function acquireLock(journalDir: string, steps: Steps): Lock {
  const lock = acquire(journalDir, NAME, steps, 0);
  try {
    // A candidate that is removed under its owner's hands makes the owner try again; that is all.
    for (const name of fs.readdirSync(journalDir)) if (CANDIDATE.test(name)) remove(path.join(journalDir, name));
    return lock;
  } catch (error) {
    lock.release();
    throw ioError(error, 'take the lock', journalDir);
  }
}

/** Whether a live process (or one that cannot be judged from here) holds the lock. */
export function isLocked(journalDir: string): boolean {
  const holder = readHolder(path.join(journalDir, NAME));
  return holder !== undefined && (holder === 'unreadable' || liveness(holder, ownIdentity()) !== 'dead');
}

function acquire(journalDir: string, name: string, steps: Steps, depth: number): Lock {
  const file = path.join(journalDir, name);
  const own: Holder = {
    ...ownIdentity(),
    nonce: randomBytes(16).toString('hex'),
    since: new Date().toISOString(),
  };
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    if (create(file, own, steps)) return { release: () => release(file, own) };
    const holder = readHolder(file);
    if (holder === undefined) continue;
    const state = holder === 'unreadable' ? 'unknown' : liveness(holder, own);
    if (state !== 'dead' || depth === MAX_DEPTH) throw busy(file, holder, state);
    const right = acquire(journalDir, `${name}.break`, steps, depth + 1);
    try {
      const again = readHolder(file);
      if (again !== undefined && again !== 'unreadable' && liveness(again, own) === 'dead') {
        steps.before(`remove stale ${name}`);
        remove(file);
      }
    } finally {
      right.release();
    }
  }
  throw new FixError('busy', `${shown(file)}: other processes keep taking the lock; run it again later`, {
    path: file,
  });
}

function create(file: string, own: Holder, steps: Steps): boolean {
  const candidate = `${file}.${own.nonce}`;
  try {
    steps.before('write lock candidate');
    fs.writeFileSync(candidate, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
    steps.before('link lock');
    try {
      fs.linkSync(candidate, file);
    } catch (error) {
      if (['EEXIST', 'ENOENT'].includes(errorCode(error))) return false;
      // A file system without hard links: exclusive creation still excludes, but a crash right here needs a person.
      return createDirectly(file, own);
    }
    steps.before('remove lock candidate');
    return true;
  } catch (error) {
    // Whatever went wrong after the link: a lock that nobody knows to hold would never be given back.
    release(file, own);
    throw ioError(error, 'take the lock', file);
  } finally {
    remove(candidate);
  }
}

function createDirectly(file: string, own: Holder): boolean {
  try {
    fs.writeFileSync(file, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function release(file: string, own: Holder): void {
  const holder = readHolder(file);
  if (holder !== undefined && holder !== 'unreadable' && holder.nonce === own.nonce) remove(file);
}

function readHolder(file: string): Holder | 'unreadable' | undefined {
  try {
    const value: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
    const holder = value as Partial<Holder> | null;
    const complete =
      Number.isSafeInteger(holder?.pid) &&
      holder!.pid! > 0 &&
      [holder!.host, holder!.nonce, holder!.since].every((text) => typeof text === 'string');
    return complete ? (holder as Holder) : 'unreadable';
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? undefined : 'unreadable';
  }
}

function busy(file: string, holder: Holder | 'unreadable', state: string): FixError {
  if (holder === 'unreadable')
    return new FixError('busy', `${shown(file)}: the lock cannot be read; remove it if no other fix is running`, {
      path: file,
    });
  const who = `process ${holder.pid} on ${shown(holder.host)} since ${shown(holder.since)}`;
  const next =
    state === 'alive'
      ? 'wait until it is done'
      : 'whether it still runs cannot be told from here; remove the file if it does not';
  return new FixError('busy', `${shown(file)}: another fix holds the lock (${who}); ${next}`, { path: file });
}

function remove(file: string): void {
  fs.rmSync(file, { force: true });
}
