import type { FileFact, FileRole, LooseGroup, Snapshot } from '../core/snapshot.ts';
import type { Agents } from './agents.ts';

/** Who besides the owner may do what with a file, from its nine permission bits. */
export interface Access {
  readonly worldWrite: boolean;
  readonly groupWrite: boolean;
  readonly worldRead: boolean;
  readonly groupRead: boolean;
}

/** The files of the home, by what they are. */
export interface Files {
  readonly stateDir: FileFact | undefined;
  readonly config: FileFact | undefined;
  readonly credentialsDir: FileFact | undefined;
  readonly log: FileFact | undefined;
  /** Files and directories of a role that exist. */
  of(...roles: FileRole[]): readonly FileFact[];
  /** The same, only of agents in the roster (and the default agent). */
  ofRoster(...roles: FileRole[]): readonly FileFact[];
  /** The same, only of agents that have a directory and are not in the roster. */
  ofOthers(...roles: FileRole[]): readonly FileFact[];
  loose(...roles: FileRole[]): readonly LooseGroup[];
}

export function readFiles(snapshot: Snapshot, agents: Agents, secondEra: boolean): Files {
  const { named, loose } = snapshot.files;
  const one = (role: FileRole) => named.find((f) => f.role === role);
  const of = (...roles: FileRole[]) => named.filter((f) => roles.includes(f.role) && f.kind !== 'missing');
  const roster = new Set([
    agents.defaultId,
    ...agents.written.map((a) => a.normalizedId),
    ...(secondEra ? ['main'] : []),
  ]);
  return {
    stateDir: one('state-dir'),
    config: one('config'),
    credentialsDir: one('credentials-dir'),
    log: one('log'),
    of,
    ofRoster: (...roles) => of(...roles).filter((f) => f.agent === undefined || roster.has(f.agent)),
    ofOthers: (...roles) => of(...roles).filter((f) => f.agent !== undefined && !roster.has(f.agent)),
    loose: (...roles) => loose.filter((g) => roles.includes(g.role)),
  };
}

/** The access that mode bits give to group and world. */
export function accessOf(mode: number): Access {
  return {
    worldWrite: (mode & 0o002) !== 0,
    groupWrite: (mode & 0o020) !== 0,
    worldRead: (mode & 0o004) !== 0,
    groupRead: (mode & 0o040) !== 0,
  };
}

/** Files in the Nix store are world-readable by design and cannot be changed. */
export function inNixStore(file: FileFact): boolean {
  return (file.link?.real ?? file.path).startsWith('/nix/store/');
}
