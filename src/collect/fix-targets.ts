import { lstatSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type ModeTarget, namedTarget, type SharedGround } from '../core/mode-target.ts';
import type { CollectGap, FileFact, FileRole, Snapshot } from '../core/snapshot.ts';
import { S_IFMT, S_IFREG } from './file-fact.ts';
import { isInside } from './inside.ts';
import { looseAccess } from './loose.ts';
import { realOf } from './named-files.ts';
import { directoryRole, fileRole, type PlaceKind, placeBelow, type Region } from './state-places.ts';
import { type Place, type Visitor, type WalkLimits, walkTree } from './walk.ts';

/** What a change of modes needs beyond the snapshot, which only counts most files. */
export interface FixTargets {
  readonly realStateDir: string;
  readonly targets: readonly ModeTarget[];
  /** Directories whose group is let in on purpose. */
  readonly shared: readonly SharedGround[];
  readonly gaps: readonly CollectGap[];
}

/** Its presence in the state directory says that the group is meant to have access. */
export const SHARED_MARKER = '.openclaw-security-shared';

const LIMITS: WalkLimits = { entries: 5_000_000, depth: 128 };
const S_ISGID = 0o2000;
/** Regions whose contents are private; the user's workspaces and installed code are not touched. */
const PRIVATE_REGIONS = new Set<Region>([
  'root',
  'agents',
  'agent',
  'agent-dir',
  'sessions',
  'credentials',
  'logs',
  'identity',
  'other',
]);

/**
 * Lists the paths below the state directory (and credentials and sessions that were moved out of it) that a fix makes
 * private, by the rules of the audit's own walk: no link is followed within, no other file system entered, no file
 * opened. Only used when something is to be fixed: the audit itself counts and keeps no list.
 */
export function collectFixTargets({ home, files }: Pick<Snapshot, 'home' | 'files'>): FixTargets {
  const { stateDir } = home;
  const targets: ModeTarget[] = [];
  const gaps: CollectGap[] = [];
  const realStateDir = realOf(stateDir);
  if (files.model === 'windows') return { realStateDir, targets, shared: [], gaps };
  const owner = statSync(stateDir, { throwIfNoEntry: false })?.uid;
  const grounds = new Grounds(ownGroups(owner));
  const reals = new RealPaths(stateDir, realStateDir);
  for (const fact of files.named) {
    // A named file matters to this list only for where it leads; its mode is in the snapshot.
    const real = fact.role === 'parent-dir' ? undefined : reals.of(fact.path);
    const target = real === undefined ? undefined : namedTarget(fact, real);
    if (target) targets.push(target);
    if (fact.kind === 'directory' && !fact.link && fact.role !== 'parent-dir')
      grounds.see(fact.path, fact.mode, fact.gid);
  }
  const main = files.named.find((f) => f.role === 'config');
  if (main && !isInside(main.path, stateDir)) grounds.seeOnDisk(dirname(main.path));
  if (hasMarker(stateDir, owner)) grounds.add(stateDir, `${SHARED_MARKER} stands in it`);
  else grounds.seeOnDisk(stateDir);

  const named = new Set(files.named.map((f) => f.path));
  const meanings = moved(files.named, stateDir);
  const visitor = new TargetVisitor(named, meanings, grounds, reals, targets, gaps);
  walkTree(stateDir, { region: 'root', listOnly: false }, visitor, LIMITS);
  const done = new Set<string>();
  for (const [path, kind] of meanings) {
    const real = realOf(path);
    if (done.has(real) || isInside(real, realStateDir) || isInside(realStateDir, real)) continue;
    done.add(real);
    grounds.seeOnDisk(path);
    walkTree(path, kind, visitor, { ...LIMITS, depth: kind.region === 'credentials' ? LIMITS.depth : 0 });
  }
  return { realStateDir, targets, shared: grounds.found, gaps };
}

interface TargetPlace extends Place, PlaceKind {}

class TargetVisitor implements Visitor<TargetPlace> {
  readonly #named: ReadonlySet<string>;
  readonly #meanings: ReadonlyMap<string, PlaceKind>;
  readonly #grounds: Grounds;
  readonly #reals: RealPaths;
  readonly #targets: ModeTarget[];
  readonly #gaps: CollectGap[];

  constructor(
    named: ReadonlySet<string>,
    meanings: ReadonlyMap<string, PlaceKind>,
    grounds: Grounds,
    reals: RealPaths,
    targets: ModeTarget[],
    gaps: CollectGap[],
  ) {
    this.#named = named;
    this.#meanings = meanings;
    this.#grounds = grounds;
    this.#reals = reals;
    this.#targets = targets;
    this.#gaps = gaps;
  }

  directory(parent: TargetPlace, name: string, path: string, stats: Stats): TargetPlace {
    const kind = this.#meanings.get(path) ?? placeBelow(parent, name);
    const hidden = !PRIVATE_REGIONS.has(kind.region);
    if (!hidden) this.#grounds.see(path, stats.mode, stats.gid);
    const role = directoryRole(kind.region);
    if (!hidden && role !== 'other' && !this.#named.has(path)) this.#add(path, path, role, kind.agent, true, stats);
    // Nothing in a workspace or in installed code is changed, so nothing there is looked at.
    return hidden ? { ...kind, listOnly: true } : kind;
  }

  entry(place: TargetPlace, name: string, path: string, stats: Stats, at: string | Buffer): void {
    if ((stats.mode & S_IFMT) !== S_IFREG || !PRIVATE_REGIONS.has(place.region) || this.#named.has(path)) return;
    const role = fileRole(place.region, name);
    if (role !== 'other') this.#add(path, at, role, place.agent, false, stats);
  }

  gap(gap: CollectGap): void {
    this.#gaps.push(gap);
  }

  #add(path: string, at: string | Buffer, role: FileRole, agent: string | undefined, dir: boolean, stats: Stats): void {
    if ((stats.mode & 0o077) === 0) return;
    const real = this.#reals.of(path);
    // A directory that others may only list or search is counted in no group.
    const counted = looseAccess(dir ? stats.mode & 0o022 : stats.mode);
    this.#targets.push({
      path,
      ...(real === undefined ? {} : { realPath: real }),
      role,
      ...(agent === undefined ? {} : { agent }),
      dir,
      link: false,
      mode: stats.mode & 0o7777,
      uid: stats.uid,
      gid: stats.gid,
      nlink: stats.nlink,
      walked: true,
      ...(counted === undefined ? {} : { counted }),
      ...(typeof at === 'string' ? {} : { unnameable: true }),
    });
  }
}

/** Where paths lead whose directory is reached through a link; one look per directory. */
class RealPaths {
  readonly #directories = new Map<string, string>();
  readonly #stateDir: string;
  readonly #realStateDir: string;

  constructor(stateDir: string, realStateDir: string) {
    this.#stateDir = stateDir;
    this.#realStateDir = realStateDir;
  }

  of(path: string): string | undefined {
    const dir = dirname(path);
    let real = this.#directories.get(dir);
    if (real === undefined) {
      real = realOf(dir);
      this.#directories.set(dir, real);
    }
    const plain = isInside(dir, this.#stateDir) ? join(this.#realStateDir, dir.slice(this.#stateDir.length)) : dir;
    return real === plain ? undefined : join(real, basename(path));
  }
}

/** Directories that give a group access on purpose: setgid, and a group that is not the owner's own. */
class Grounds {
  readonly found: { path: string; reason: string }[] = [];
  readonly #own: ReadonlySet<number>;

  constructor(own: ReadonlySet<number>) {
    this.#own = own;
  }

  add(path: string, reason: string): void {
    if (!this.found.some((g) => isInside(path, g.path))) this.found.push({ path, reason });
  }

  see(path: string, mode: number, gid: number | undefined): void {
    if ((mode & S_ISGID) !== 0 && gid !== undefined && !this.#own.has(gid))
      this.add(path, `it is set up for group ${gid} (setgid), as a container's fsGroup is`);
  }

  seeOnDisk(path: string): void {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) this.see(path, stats.mode, stats.gid);
  }
}

/** The groups that are the owner's own: the one this process has when it is the owner, the one of the user database, and the one of the same number. */
function ownGroups(owner: number | undefined): ReadonlySet<number> {
  const own = new Set<number>();
  if (owner === undefined) return own;
  own.add(owner);
  if (process.geteuid?.() === owner) own.add(process.getegid!());
  try {
    for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
      const [, , uid, gid] = line.split(':');
      if (uid === String(owner) && gid !== undefined) own.add(Number(gid));
    }
  } catch {
    // No user database: the number has to do.
  }
  return own;
}

/** Only the owner (or root) may say so: anybody else who can write there must not keep a door open. */
function hasMarker(stateDir: string, owner: number | undefined): boolean {
  try {
    const stats = lstatSync(join(stateDir, SHARED_MARKER));
    return stats.isFile() && (stats.uid === owner || stats.uid === 0);
  } catch {
    return false;
  }
}

/** Directories that the config or a link gives a meaning that their place does not show. */
function moved(named: readonly FileFact[], stateDir: string): Map<string, PlaceKind> {
  const out = new Map<string, PlaceKind>();
  for (const { path, role, agent, kind, link } of named) {
    if (kind !== 'directory') continue;
    const of = agent === undefined ? {} : { agent };
    if (role === 'credentials-dir') out.set(path, { region: 'credentials', listOnly: false });
    if (role === 'sessions-dir') out.set(path, { region: 'sessions', listOnly: false, ...of });
    if (role === 'agent-dir' && (link || !isInside(path, join(stateDir, 'agents'))))
      out.set(path, { region: 'agent-dir', listOnly: false, ...of });
  }
  out.delete(stateDir);
  return out;
}

/** Where a file leads that is to be rewritten, when it or a directory on the way is a link; undefined: it is no link. */
export function linkTargetOf(path: string, stateDir: string): string | undefined {
  try {
    const real = realpathSync.native(path);
    const plain = isInside(path, stateDir)
      ? join(realOf(stateDir), path.slice(stateDir.length))
      : join(realOf(dirname(path)), basename(path));
    return real === plain ? undefined : real;
  } catch {
    return undefined;
  }
}
