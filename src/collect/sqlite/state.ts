import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CollectGap, DatabaseFacts, InstallRecord, MachineState, PairingStore } from '../../core/snapshot.ts';
import { unreadableApprovals } from './exec-approvals.ts';
import { type ImageOptions, readDatabaseImage } from './image.ts';
import type { ReadableDatabase, ReadLimits } from './open.ts';
import { installsFile, readExecApprovalsFile, readInstallsFile, readMcporter } from './state-files.ts';
import { type PluginIndex, readAgentTables, readSharedTables, type SharedTables } from './tables.ts';

/** State that OpenClaw itself writes, wherever the installed version keeps it. No secret is in it. */
export interface StoredState {
  readonly machine: MachineState;
  /** From the shared database only; the files of older versions are read elsewhere. */
  readonly pairing: readonly PairingStore[];
  /** Records of plugins and hooks that stand outside the config, without `installedVersion`. */
  readonly installs: readonly InstallRecord[];
  readonly gaps: readonly CollectGap[];
}

export interface StoredStateOptions {
  /** Where `sql-wasm.wasm` is, when not in its usual place. */
  readonly wasmPath?: string;
  readonly image?: ImageOptions;
  readonly limits?: ReadLimits;
  /** Milliseconds for all databases together; those not begun by then are not read. */
  readonly totalMs?: number;
}

const TOTAL_MS = 15_000;
/** For one of them. */
const DATABASE_MS = 5_000;

/**
 * Reads the databases of a state directory, and the JSON files that held the same things in older versions. What is in
 * the database wins over a file that was left behind. Never rejects, and never touches what it reads.
 *
 * @param agents ids as they are in paths, `<state>/agents/<id>`
 */
export async function readStoredState(
  stateDir: string,
  agents: readonly string[],
  options: StoredStateOptions = {},
): Promise<StoredState> {
  const reader = new DatabaseReader(options);
  const sharedPath = path.join(stateDir, 'state', 'openclaw.sqlite');
  let tables: SharedTables | undefined;
  const shared = await reader.read(sharedPath, (database) => {
    tables = readSharedTables(database, sharedPath);
    return tables.facts;
  });
  const databases = shared ? [shared] : [];
  for (const agent of new Set(agents)) {
    if (!isDirectoryName(agent)) continue;
    const file = path.join(stateDir, 'agents', agent, 'agent', 'openclaw-agent.sqlite');
    const facts = await reader.read(file, (database) => readAgentTables(database, file));
    if (facts) databases.push(facts);
  }

  const gaps: CollectGap[] = databases
    .filter(({ error }) => error !== undefined)
    .map((facts) => ({ what: facts.path, reason: facts.error! }));
  const note = (what: string) => (reason: string) => gaps.push({ what, reason });
  tables?.problems.forEach(note(sharedPath));
  const plugins = tables?.plugins ?? installsOfFile(stateDir, note(installsFile(stateDir)));
  const approvals = approvalsOf(stateDir, shared, tables);
  if (approvals?.error !== undefined) note(`exec approvals in ${approvals.path}`)(approvals.error);
  return {
    machine: {
      databases,
      ...(approvals && { execApprovals: approvals }),
      mcporter: readMcporter(stateDir),
      indexedPlugins: plugins?.ids ?? [],
    },
    pairing: tables?.pairing ?? [],
    installs: [...(plugins?.installs ?? []), ...(tables?.hooks ?? [])],
    gaps,
  };
}

/** Approvals of the database, else of the file; unreadable ones when the database might have some and does not tell. */
function approvalsOf(
  stateDir: string,
  shared: DatabaseFacts | undefined,
  tables: SharedTables | undefined,
): MachineState['execApprovals'] {
  if (tables?.execApprovals) return tables.execApprovals;
  const fromFile = readExecApprovalsFile(stateDir);
  if (tables || !shared) return fromFile;
  const error = 'the database that may hold newer ones could not be read';
  return fromFile ? { ...fromFile, error } : unreadableApprovals(shared.path, error);
}

function installsOfFile(stateDir: string, note: (reason: string) => void): PluginIndex | undefined {
  const problems: string[] = [];
  const index = readInstallsFile(stateDir, problems);
  problems.forEach(note);
  return index;
}

/** Milliseconds of a clock that nobody sets. `performance` would be loaded for it, which takes longer than most reads. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Opens databases one after the other, within one time limit. */
class DatabaseReader {
  readonly #options: StoredStateOptions;
  readonly #end: number;

  constructor(options: StoredStateOptions) {
    this.#options = options;
    this.#end = now() + (options.totalMs ?? TOTAL_MS);
  }

  /** Undefined when there is no such file. */
  async read(file: string, use: (database: ReadableDatabase) => DatabaseFacts): Promise<DatabaseFacts | undefined> {
    const left = this.#end - now();
    const failed = (status: DatabaseFacts['status'], error: string) => ({ path: file, status, secretRows: {}, error });
    if (left <= 0 && existsSync(file)) return failed('unreadable', 'there was no time left to read it');
    const image = await readDatabaseImage(file, this.#options.image);
    if (image.status === 'missing') return undefined;
    if (image.status !== 'ok') return failed(image.status, image.error);
    const { limits, wasmPath } = this.#options;
    const { openImage } = await import('./open.ts');
    const opened = await openImage(image.bytes, {
      ...limits,
      maxMs: Math.min(left, limits?.maxMs ?? DATABASE_MS),
      ...(wasmPath !== undefined && { wasmPath }),
    });
    if (opened.status !== 'ok') return failed(opened.status, opened.error);
    try {
      return use(opened.database);
    } finally {
      opened.database.close();
    }
  }
}

/** False for what would lead out of `agents/`. */
function isDirectoryName(id: string): boolean {
  return id !== '' && id !== '.' && id !== '..' && !/[/\\\0]/.test(id);
}
