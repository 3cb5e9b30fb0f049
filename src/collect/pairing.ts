import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PairingStore } from '../core/snapshot.ts';
import { CHANNEL_SPECS } from '../model/channels/specs.ts';
import { readTextFile } from './read.ts';

const SUFFIX = '-allowFrom.json';
const MAX_FILES = 2000;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_ENTRIES = 10_000;
const MAX_ENTRY = 200;

/**
 * Reads the approved senders: `<credentials>/<channel>-allowFrom.json` and `<channel>-<account>-allowFrom.json`
 * (OpenClaw 2026.3.7). The first kind belongs to the account `default`. A wrong shape is an empty list with its reason.
 */
export function collectPairing(options: { readonly credentialsDir: string }): PairingStore[] {
  let names: string[];
  try {
    names = readdirSync(options.credentialsDir).filter((n) => n.endsWith(SUFFIX));
  } catch {
    return [];
  }
  return names
    .sort()
    .slice(0, MAX_FILES)
    .map((name) => readStore(join(options.credentialsDir, name), name.slice(0, -SUFFIX.length)));
}

function readStore(path: string, name: string): PairingStore {
  const { channel, account } = splitName(name);
  const store = (entries: readonly string[], error?: string): PairingStore => ({
    channel,
    account,
    path,
    entries,
    ...(error ? { error } : {}),
  });
  const read = readTextFile(path, { maxBytes: MAX_BYTES });
  if (!read.ok) return store([], read.detail);
  let value: unknown;
  try {
    value = JSON.parse(read.text);
  } catch {
    return store([], 'it is not JSON');
  }
  const list = typeof value === 'object' && value !== null ? (value as { allowFrom?: unknown }).allowFrom : undefined;
  if (!Array.isArray(list)) return store([], 'it has no list allowFrom');
  const entries = list
    .slice(0, MAX_ENTRIES)
    .filter((e) => typeof e === 'string' || typeof e === 'number')
    .map((e) => String(e).trim().slice(0, MAX_ENTRY))
    .filter((e) => e !== '' && e !== '*');
  return store([...new Set(entries)], list.length > MAX_ENTRIES ? `only ${MAX_ENTRIES} entries were read` : undefined);
}

/** `a-b` may be channel `a` with account `b`, or channel `a-b`: the longest known channel wins. */
function splitName(name: string): { channel: string; account: string } {
  const known = CHANNEL_SPECS.map((c) => c.id)
    .filter((id) => name === id || name.startsWith(`${id}-`))
    .sort((a, b) => b.length - a.length)[0];
  const channel = known ?? name.split('-')[0]!;
  return { channel, account: name.slice(channel.length + 1) || 'default' };
}
