import type { DatabaseFacts, ExecApprovals, InstallRecord, PairingStore } from '../../core/snapshot.ts';
import { property } from '../foreign-json.ts';
import { parseJson } from './bounded-json.ts';
import { countCredentials } from './credentials.ts';
import { parseExecApprovals, unreadableApprovals } from './exec-approvals.ts';
import { installRecordsOfIndex, pluginIdsOfIndex, takeInstallRecords } from './install-records.ts';
import type { ColumnRequest, ReadableDatabase, TableRows } from './open.ts';
import { groupPairingRows } from './pairing-rows.ts';

/** What the shared database `<state>/state/openclaw.sqlite` tells. */
export interface SharedTables {
  readonly facts: DatabaseFacts;
  /** Absent when the database keeps none, as before 2026.9.1. */
  readonly execApprovals?: ExecApprovals;
  readonly pairing: readonly PairingStore[];
  /** Absent when the database keeps no plugin index. */
  readonly plugins?: PluginIndex;
  readonly hooks: readonly InstallRecord[];
  /** One clause each for what is there and could not be used. */
  readonly problems: readonly string[];
}

/** A list of plugins with the records of their installation. */
export interface PluginIndex {
  readonly ids: readonly string[];
  readonly installs: readonly InstallRecord[];
}

/** Reads the tables of the shared database (schemas up to 18, OpenClaw 2026.9.6). */
export function readSharedTables(database: ReadableDatabase, path: string): SharedTables {
  const reads = new WatchedReads(database);
  const problems: string[] = [];
  const machineState = new Map<string, string>();
  for (const [key, json] of reads.read('config_machine_state', ['state_key', 'value_json']).rows) {
    if (typeof key === 'string' && typeof json === 'string') machineState.set(key, json);
  }
  const pairingColumns = ['channel_key', 'account_id', 'entry', 'sort_order'];
  const execApprovals = readApprovals(reads, path);
  const plugins = readPlugins(reads, machineState, path, problems);
  const hooks = readHooks(machineState, path, problems);
  const pairing = groupPairingRows(reads.read('channel_pairing_allow_entries', pairingColumns), path);
  const facts = readFacts(reads, path, database.userVersion, machineState);
  return {
    facts,
    ...(execApprovals && { execApprovals }),
    pairing,
    ...(plugins && { plugins }),
    hooks,
    problems,
  };
}

/** Reads the tables of a database `<state>/agents/<id>/agent/openclaw-agent.sqlite`. */
export function readAgentTables(database: ReadableDatabase, path: string): DatabaseFacts {
  return readFacts(new WatchedReads(database), path, database.userVersion, new Map());
}

/** Remembers which tables were not read to their end. */
class WatchedReads {
  readonly damaged = new Set<string>();
  readonly partial = new Set<string>();
  readonly #database: ReadableDatabase;

  constructor(database: ReadableDatabase) {
    this.#database = database;
  }

  read(table: string, columns: readonly ColumnRequest[]): TableRows {
    const result = this.#database.read(table, columns);
    if (result.end === 'corrupt') this.damaged.add(table);
    if (result.end === 'stopped' || result.rows.some((row) => row.includes(undefined))) this.partial.add(table);
    return result;
  }
}

const VERSION = /^\d[\w.+-]{0,63}$/;

function readFacts(
  reads: WatchedReads,
  path: string,
  userVersion: number,
  machineState: ReadonlyMap<string, string>,
): DatabaseFacts {
  const meta = reads.read('schema_meta', ['meta_key', 'schema_version', 'app_version']).rows;
  const [, version, app] = meta.find(([key]) => key === 'primary') ?? meta[0] ?? [];
  const schemaVersion = typeof version === 'number' ? version : userVersion;
  const secretRows = countCredentials(reads, machineState);
  const [damaged, partial] = [[...reads.damaged], [...reads.partial]];
  const error = damaged.length
    ? `SQLite finds it damaged in ${damaged.join(', ')}`
    : partial.length
      ? `not every row of ${partial.join(', ')} was read: they are too many or too large`
      : undefined;
  return {
    path,
    status: damaged.length ? 'corrupt' : 'ok',
    ...(Number.isSafeInteger(schemaVersion) && schemaVersion > 0 && { schemaVersion }),
    ...(typeof app === 'string' && VERSION.test(app) && { appVersion: app }),
    secretRows,
    ...(error !== undefined && { error }),
  };
}

function readApprovals(reads: WatchedReads, path: string): ExecApprovals | undefined {
  const { end, rows } = reads.read('exec_approvals_config', ['config_key', 'raw_json']);
  const current = rows.find(([key]) => key === 'current');
  if (!current) return end === 'complete' || end === 'absent' ? undefined : unreadableApprovals(path, TABLE_UNREADABLE);
  const [, json] = current;
  return typeof json === 'string' ? parseExecApprovals(json, path) : unreadableApprovals(path, TABLE_UNREADABLE);
}

const TABLE_UNREADABLE = 'the table exec_approvals_config could not be read';

/** `config_machine_state`, or the table `installed_plugin_index` of shared schemas below 13. */
function readPlugins(
  reads: WatchedReads,
  machineState: ReadonlyMap<string, string>,
  path: string,
  problems: string[],
): PluginIndex | undefined {
  const stored = machineState.get('plugins.installedIndex');
  if (stored !== undefined) {
    return takeIndex(property(parseJson(stored)?.value, 'index'), path, problems);
  }
  const columns = ['index_key', 'install_records_json', 'plugins_json'];
  const { rows } = reads.read('installed_plugin_index', columns);
  const row = rows.find(([key]) => key === 'installed-plugin-index');
  if (!row) return undefined;
  const [installRecords, plugins] = row.slice(1).map((json) => parseJson(typeof json === 'string' ? json : '')?.value);
  return takeIndex(installRecords === undefined ? undefined : { installRecords, plugins }, path, problems);
}

/** What a plugin index holds, whichever place it was found in. */
export function takeIndex(index: unknown, recordedIn: string, problems: string[]): PluginIndex {
  const map = installRecordsOfIndex(index);
  if (map === undefined) problems.push('its index of plugins has no known form');
  const records = takeInstallRecords(map, 'plugin', recordedIn);
  const ids = pluginIdsOfIndex(index);
  if (records.leftOut > 0)
    problems.push(`${records.leftOut} plugin install records have no known form or are too many`);
  if (ids.leftOut > 0)
    problems.push(`${ids.leftOut} entries of its index of plugins have no known form or are too many`);
  return { ids: ids.items, installs: records.items };
}

function readHooks(
  machineState: ReadonlyMap<string, string>,
  path: string,
  problems: string[],
): readonly InstallRecord[] {
  const stored = machineState.get('hooks.internal.installs');
  if (stored === undefined) return [];
  const json = parseJson(stored);
  if (!json) problems.push('its install records of hooks have no known form');
  const records = takeInstallRecords(json?.value, 'hook', path);
  if (records.leftOut > 0) problems.push(`${records.leftOut} hook install records have no known form or are too many`);
  return records.items;
}
