import fs from 'node:fs';
import path from 'node:path';
import { formatMode } from '../../core/text.ts';
import { errorCode, FixError, ioError, shown } from './errors.ts';
import { effectiveUid, followLinks, isInside, isRoot } from './trust.ts';

/** What decides where the journal is kept. */
interface JournalPlace {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home directory. */
  readonly home: string;
  /** OpenClaw's state directory; the journal is never inside. */
  readonly stateDir: string;
}

const FOLDER = 'openclaw-security';

/**
 * The default journal directory: `$XDG_STATE_HOME/openclaw-security` (an absolute one, as the XDG specification demands)
 * or `~/.local/state/openclaw-security`; `~/Library/Application Support/openclaw-security` on macOS;
 * `%LOCALAPPDATA%\openclaw-security` on Windows. Throws `journal-location` when that is inside the state directory.
 */
export function defaultJournalDir({ platform, env, home, stateDir }: JournalPlace): string {
  const { join, isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
  const xdg = env.XDG_STATE_HOME;
  let base: string;
  if (platform === 'win32') base = env.LOCALAPPDATA || join(home, 'AppData', 'Local');
  else if (xdg && isAbsolute(xdg)) base = xdg;
  else if (platform === 'darwin') base = join(home, 'Library', 'Application Support');
  else base = join(home, '.local', 'state');
  const dir = join(base, FOLDER);
  assertOutside(dir, stateDir);
  return dir;
}

function assertOutside(dir: string, stateDir: string): void {
  if (isInside(dir, stateDir))
    throw new FixError(
      'journal-location',
      `${shown(dir)}: the journal must not be inside the state directory ${shown(stateDir)}; choose another directory`,
      { path: dir },
    );
}

/**
 * The journal directory with its links followed, checked to be outside of the state directory. Nothing is created.
 * Throws `journal-location`.
 */
export function locateJournalDir(journalDir: string, stateDir?: string): string {
  if (!path.isAbsolute(journalDir) || journalDir.includes('\0'))
    throw new FixError('journal-location', `${shown(journalDir)}: the journal directory must be an absolute path`, {
      path: journalDir,
    });
  try {
    const { real } = followLinks(journalDir);
    if (stateDir !== undefined) assertOutside(real, followLinks(stateDir).real);
    return real;
  } catch (error) {
    throw ioError(error, 'use it as the journal directory', journalDir);
  }
}

/**
 * Creates the journal directory if it is missing, and checks that nobody but this user (and root) can change it: what
 * it holds is later written back with this user's rights. Throws `journal-unsafe`.
 */
export function ensureJournalDir(real: string): void {
  try {
    fs.mkdirSync(real, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw ioError(error, 'create the journal directory', real);
  }
  assertPrivate(real);
}

/** Whether there is a journal directory; if there is one it has to be private. Throws `journal-unsafe`. */
export function hasJournalDir(real: string): boolean {
  try {
    fs.lstatSync(real);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return false;
    throw ioError(error, 'read the journal directory', real);
  }
  assertPrivate(real);
  return true;
}

function assertPrivate(real: string): void {
  const uid = effectiveUid();
  const stat = fs.lstatSync(real);
  const unsafe = (at: string, why: string, next: string): FixError =>
    new FixError('journal-unsafe', `${shown(at)}: ${why}; ${next}`, { path: at });
  if (!stat.isDirectory())
    throw unsafe(real, 'the journal directory is not a directory', 'choose another one or move the file away');
  // Windows keeps the folder private through its parent's access control list.
  if (uid === undefined) return;
  if (stat.uid !== uid)
    throw unsafe(real, `the journal directory belongs to user ${stat.uid}`, 'choose one that is yours');
  if ((stat.mode & 0o077) !== 0)
    throw unsafe(
      real,
      `others may enter the journal directory (mode ${formatMode(stat.mode)})`,
      `run chmod 700 on it or choose another one`,
    );
  for (let at = path.dirname(real); ; at = path.dirname(at)) {
    const parent = fs.lstatSync(at);
    if (parent.uid !== uid && !isRoot(parent.uid) && uid === 0)
      throw unsafe(at, `user ${parent.uid} could replace the journal below it`, 'choose a journal directory of root');
    if ((parent.mode & 0o1002) === 0o002)
      throw unsafe(at, 'everybody could replace the journal below it', 'choose another journal directory');
    if (at === path.dirname(at)) return;
  }
}
