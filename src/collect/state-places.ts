import type { FileRole } from '../core/snapshot.ts';
import type { Place } from './walk.ts';

/** A part of the state directory whose files have a meaning of their own (layout of OpenClaw 2026.3.7 and 2026.9.6). */
export type Region =
  | 'root'
  | 'agents'
  | 'agent'
  | 'agent-dir'
  | 'sessions'
  | 'credentials'
  | 'logs'
  | 'identity'
  | 'extensions'
  | 'skills'
  | 'workspace'
  | 'other';

/** Where in the state directory the walk is. */
export interface StatePlace extends Place {
  readonly region: Region;
  readonly agent?: string;
  /** Others cannot get here: some directory on the way may be searched neither by group nor by world. */
  readonly closed: boolean;
  /** Names in this directory that stand in the snapshot by themselves. */
  readonly named: ReadonlySet<string> | undefined;
}

/** What a directory is: its region, whose it is, and whether its files are only counted. */
export type PlaceKind = Pick<StatePlace, 'region' | 'agent' | 'listOnly'>;

const TOP: { readonly [name: string]: Region } = {
  agents: 'agents',
  credentials: 'credentials',
  logs: 'logs',
  identity: 'identity',
  devices: 'identity',
  nodes: 'identity',
  extensions: 'extensions',
  // Hook packs are code that the gateway runs, as plugins are.
  hooks: 'extensions',
  npm: 'extensions',
  git: 'extensions',
  skills: 'skills',
  workspace: 'workspace',
};

// Trees that npm and git fill: packages, checkouts, object stores.
const PROJECTS = new Set(['npm', 'git']);
const PROJECT_INNARDS = new Set(['node_modules', '.git']);

/** The directory `name` in a directory of the kind `parent`. */
export function placeBelow(parent: PlaceKind, name: string): PlaceKind {
  const { region, agent } = parent;
  const of = agent === undefined ? {} : { agent };
  const listOnly = parent.listOnly || PROJECT_INNARDS.has(name);
  if (region === 'root') {
    const top = Object.hasOwn(TOP, name) ? TOP[name]! : name.startsWith('workspace-') ? 'workspace' : 'other';
    return { region: top, listOnly: listOnly || PROJECTS.has(name) };
  }
  if (region === 'agents') return { region: 'agent', agent: name, listOnly };
  if (region === 'agent') {
    return { region: name === 'sessions' ? 'sessions' : name === 'agent' ? 'agent-dir' : 'other', ...of, listOnly };
  }
  return { region, ...of, listOnly };
}

const FILE_ROLES: { readonly [region in Region]: FileRole } = {
  root: 'other',
  agents: 'other',
  agent: 'other',
  'agent-dir': 'other',
  sessions: 'other',
  credentials: 'credential',
  logs: 'log',
  identity: 'identity',
  extensions: 'extension',
  skills: 'skill',
  workspace: 'workspace',
  other: 'other',
};

const DIRECTORY_ROLES: { readonly [region in Region]: FileRole } = {
  root: 'state-dir',
  agents: 'agents-dir',
  agent: 'agent-dir',
  'agent-dir': 'agent-dir',
  sessions: 'sessions-dir',
  credentials: 'credentials-dir',
  logs: 'log-dir',
  identity: 'identity',
  extensions: 'extension',
  skills: 'skill',
  workspace: 'workspace',
  other: 'other',
};

/** A SQLite database or one of its side files. */
export function isDatabaseFile(name: string): boolean {
  return /\.sqlite(?:-(?:wal|shm|journal))?$/.test(name);
}

/** Role of a file by where it lies and what it is called. */
export function fileRole(region: Region, name: string): FileRole {
  if (region === 'sessions') {
    // Also `<id>.jsonl.deleted.<time>`, `<id>.jsonl.reset.<time>` and the compressed `cold/<hash>.jsonl.zst`.
    if (name.includes('.jsonl')) return 'transcript';
    if (name.startsWith('sessions.json')) return 'sessions-store';
  }
  if (isDatabaseFile(name)) return 'sqlite';
  if (region === 'agent-dir' && name.startsWith('auth-profiles.json')) return 'auth-profiles';
  if (region === 'root' && name.startsWith('.env')) return 'dotenv';
  return FILE_ROLES[region];
}

/** Role of a directory in the region that it opens. */
export function directoryRole(region: Region): FileRole {
  return DIRECTORY_ROLES[region];
}
