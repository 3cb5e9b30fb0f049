import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CollectGap, FileFact, FileFacts } from '../core/snapshot.ts';
import { errnoReason, isAbsent } from './errno.ts';
import { factOf, S_IFMT, S_IFREG } from './file-fact.ts';
import { BoundedGaps, type ReportGap } from './gap-report.ts';
import { isInside } from './inside.ts';
import { FileGroups, looseAccess } from './loose.ts';
import { ancestors, type FileInput, NamedFiles, realOf } from './named-files.ts';
import { directoryRole, fileRole, type PlaceKind, placeBelow, type StatePlace } from './state-places.ts';
import { type Visitor, type WalkLimits, walkTree } from './walk.ts';

export type { FileInput } from './named-files.ts';

const LIMITS: WalkLimits = { entries: 5_000_000, depth: 128 };
const MAX_GAPS = 100;
// Links and special files that stand in the snapshot by themselves.
const MAX_NOTABLE = 500;

/**
 * Modes, owners and kinds of OpenClaw's files: the known ones by name, the rest of the state directory by one walk that
 * counts. Opens no file, follows no link within the state directory, enters no other file system. What cannot be examined
 * is reported as a gap.
 */
export function collectFiles(input: FileInput, report: ReportGap): FileFacts {
  const named = new NamedFiles(input, report);
  // Access control lists are not modes, and there is nothing else that a walk counts.
  if (input.platform === 'win32') return { named: named.facts, loose: [], walked: 0, model: 'windows' };
  const visitor = new StateVisitor(input, named, report);
  const { walked, truncated } = visitor.walk();
  const foreign = visitor.groups.foreign();
  return {
    named: [...named.facts, ...visitor.notable],
    loose: visitor.groups.loose(),
    ...(foreign.length > 0 && { foreign }),
    walked,
    ...(truncated !== undefined && { truncated }),
    model: 'posix',
  };
}

class StateVisitor implements Visitor<StatePlace> {
  readonly groups = new FileGroups();
  readonly notable: FileFact[] = [];
  readonly #input: FileInput;
  readonly #named: ReadonlyMap<string, ReadonlySet<string>>;
  /** Directories that the config gives a meaning that their place in the tree does not show. */
  readonly #meanings = new Map<string, PlaceKind>();
  readonly #gaps: BoundedGaps;
  #owner = -1;
  #unlisted = 0;

  constructor(input: FileInput, named: NamedFiles, report: ReportGap) {
    this.#input = input;
    this.#named = named.byDirectory();
    this.#gaps = new BoundedGaps(report, MAX_GAPS);
    const { credentialsDir, extraAgentDirs, sessionStores, stateDir } = input;
    for (const { agent, path } of extraAgentDirs) {
      this.#meanings.set(path, { region: 'agent-dir', agent, listOnly: false });
    }
    for (const { agent, path } of sessionStores) {
      this.#meanings.set(dirname(path), { region: 'sessions', agent, listOnly: false });
    }
    this.#meanings.set(credentialsDir, { region: 'credentials', listOnly: false });
    // Some may lie behind a link, which the walk does not follow.
    for (const { path, role, agent, kind } of named.facts) {
      if (role === 'sessions-dir' && kind === 'directory') {
        this.#meanings.set(path, { region: 'sessions', listOnly: false, ...(agent !== undefined && { agent }) });
      }
    }
    this.#meanings.delete(stateDir);
  }

  /** Walks the state directory, then what the config or a link moved out of it. */
  walk(): { walked: number; truncated?: string } {
    const { stateDir } = this.#input;
    const state = realOf(stateDir);
    const { walked, truncated } = this.#walkFrom(stateDir, { region: 'root', listOnly: false }, LIMITS);
    let elsewhere = 0;
    const done = new Set<string>();
    for (const [path, kind] of this.#meanings) {
      const real = realOf(path);
      if (done.has(real) || isInside(real, state) || isInside(state, real)) continue;
      done.add(real);
      // A session index may lie in any directory, with anything below it; only what is beside it is meant.
      const depth = kind.region === 'credentials' ? LIMITS.depth : 0;
      elsewhere += this.#walkFrom(path, kind, { entries: LIMITS.entries, depth }).walked;
    }
    if (this.#unlisted > 0) {
      this.#gaps.add(stateDir, `${this.#unlisted} more links and special files in it are not listed`);
    }
    this.#gaps.finish(stateDir);
    return { walked: walked + elsewhere, ...(truncated !== undefined && { truncated }) };
  }

  #walkFrom(path: string, kind: PlaceKind, limits: WalkLimits): { walked: number; truncated?: string } {
    let stats: Stats;
    try {
      stats = statSync(path);
    } catch (error) {
      if (!isAbsent(error)) this.#gaps.add(path, errnoReason(error));
      return { walked: 0 };
    }
    if (!stats.isDirectory()) return { walked: 0 };
    this.#owner = stats.uid;
    const closed = isClosed(stats) || ancestors(realOf(path)).some(isClosedPath);
    return walkTree(path, { ...kind, closed, named: this.#named.get(path) }, this, limits);
  }

  directory(parent: StatePlace, name: string, path: string, stats: Stats): StatePlace {
    const kind = this.#meanings.get(path) ?? placeBelow(parent, name);
    if (!parent.named?.has(name)) {
      const role = directoryRole(kind.region);
      if (stats.uid !== this.#owner) this.groups.addForeign(role, stats.uid, path);
      const access = looseAccess(stats.mode & 0o022);
      if (access) this.groups.addLoose(role, kind.agent, access, path, parent.closed);
    }
    return { ...kind, closed: parent.closed || isClosed(stats), named: this.#named.get(path) };
  }

  entry(place: StatePlace, name: string, path: string, stats: Stats, at: string | Buffer): void {
    if (place.named?.has(name)) return;
    if (stats.uid !== this.#owner) this.groups.addForeign(fileRole(place.region, name), stats.uid, path);
    if ((stats.mode & S_IFMT) !== S_IFREG) {
      this.#note(place, name, path, stats, at);
      return;
    }
    const access = looseAccess(stats.mode);
    if (access) this.groups.addLoose(fileRole(place.region, name), place.agent, access, path, place.closed);
  }

  gap({ what, reason }: CollectGap): void {
    this.#gaps.add(what, reason);
  }

  /** A link or special file: a fact of its own. */
  #note(place: StatePlace, name: string, path: string, stats: Stats, at: string | Buffer): void {
    if (this.notable.length >= MAX_NOTABLE) {
      this.#unlisted++;
      return;
    }
    const role = fileRole(place.region, name);
    const { agent } = place;
    // The role `log` is that of the configured log file.
    const options = {
      role: role === 'log' ? 'other' : role,
      modes: true,
      ...(agent !== undefined && { agent }),
    } as const;
    this.notable.push(factOf(path, stats, options, at));
  }
}

function isClosed(stats: Stats): boolean {
  return (stats.mode & 0o011) === 0;
}

function isClosedPath(path: string): boolean {
  try {
    return isClosed(statSync(path));
  } catch {
    // What the auditor may not look at is no proof that others are kept out.
    return false;
  }
}
