import path from 'node:path';
import type { ExecApprovals, MachineState } from '../../core/snapshot.ts';
import { property } from '../foreign-json.ts';
import { readTextFile } from '../read.ts';
import { entriesOf, parseJson } from './bounded-json.ts';
import { parseExecApprovals, unreadableApprovals } from './exec-approvals.ts';
import { type PluginIndex, takeIndex } from './tables.ts';

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_SERVERS = 1_000;
const MAX_SERVER_NAME = 256;

/** `<state>/exec-approvals.json`, where OpenClaw kept exec approvals before 2026.9.1; undefined when it is not there. */
export function readExecApprovalsFile(stateDir: string): ExecApprovals | undefined {
  const file = path.join(stateDir, 'exec-approvals.json');
  const read = readTextFile(file, { maxBytes: MAX_BYTES });
  if (read.ok) return parseExecApprovals(read.text, file);
  return read.error === 'missing' ? undefined : unreadableApprovals(file, read.detail);
}

/** `<state>/plugins/installs.json`, the plugin index before there was a database; undefined when it is not there. */
export function readInstallsFile(stateDir: string, problems: string[]): PluginIndex | undefined {
  const file = installsFile(stateDir);
  const read = readTextFile(file, { maxBytes: MAX_BYTES });
  if (read.ok) return takeIndex(parseJson(read.text)?.value, file, problems);
  if (read.error !== 'missing') problems.push(read.detail);
  return undefined;
}

/** Where `readInstallsFile` looks. */
export function installsFile(stateDir: string): string {
  return path.join(stateDir, 'plugins', 'installs.json');
}

/**
 * The servers of `<state>/skills/config/mcporter.json` that are not switched off. A file that is unreadable, no regular
 * file, over 16 MiB or no JSON is `unreadable`, as in OpenClaw 2026.9.6.
 */
export function readMcporter(stateDir: string): MachineState['mcporter'] {
  const read = readTextFile(path.join(stateDir, 'skills', 'config', 'mcporter.json'), { maxBytes: MAX_BYTES });
  if (!read.ok) return { status: read.error === 'missing' ? 'missing' : 'unreadable', servers: [] };
  const json = parseJson(read.text);
  if (!json) return { status: 'unreadable', servers: [] };
  const enabled = entriesOf(property(json.value, 'mcpServers')).filter(
    ([name, server]) => name.length <= MAX_SERVER_NAME && property(server, 'enabled') !== false,
  );
  return { status: 'ok', servers: enabled.slice(0, MAX_SERVERS).map(([name]) => name) };
}
