import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PairingStore } from '../core/snapshot.ts';
import { errnoReason, isAbsent } from './errno.ts';
import { property } from './foreign-json.ts';
import type { ReportGap } from './gap-report.ts';
import { readTextFile } from './read.ts';

const SUFFIX = '-allowFrom.json';
const MAX_BYTES = 1024 * 1024;
const MAX_FILES = 1000;
const MAX_ENTRIES = 20_000;

/**
 * Approved senders in `<credentials>/<channel>-<account>-allowFrom.json`, and for the default account also in
 * `<channel>-allowFrom.json` of earlier releases, which comes after the other (OpenClaw 2026.3.7). Entries are trimmed;
 * blank ones and a bare `*` do not count; what is not of that shape is an empty list. Channel ids may hold dashes, so only
 * `channels` are recognised.
 */
export function readPairingFiles(
  credentialsDir: string,
  channels: readonly string[],
  report: ReportGap,
): readonly PairingStore[] {
  let names: string[];
  try {
    names = readdirSync(credentialsDir).filter((name) => name.endsWith(SUFFIX));
  } catch (error) {
    if (!isAbsent(error)) report({ what: credentialsDir, reason: errnoReason(error) });
    return [];
  }
  const longestFirst = channels.toSorted((a, b) => b.length - a.length);
  const scoped: PairingStore[] = [];
  const legacy: PairingStore[] = [];
  for (const name of names.sort().slice(0, MAX_FILES)) {
    const stem = name.slice(0, -SUFFIX.length);
    const channel = longestFirst.find((c) => stem === c || stem.startsWith(`${c}-`));
    if (channel === undefined) continue;
    const account = stem.slice(channel.length + 1);
    const store = readStore(join(credentialsDir, name), channel, account || 'default', report);
    (account === '' ? legacy : scoped).push(store);
  }
  return [...scoped, ...legacy];
}

/** The stores of the database, and those of files for accounts that it knows nothing of. */
export function joinPairing(
  database: readonly PairingStore[],
  files: readonly PairingStore[],
): readonly PairingStore[] {
  const known = new Set(database.map((s) => `${s.channel}/${s.account}`));
  return [...database, ...files.filter((s) => !known.has(`${s.channel}/${s.account}`))];
}

function readStore(path: string, channel: string, account: string, report: ReportGap): PairingStore {
  const read = readTextFile(path, { maxBytes: MAX_BYTES });
  if (!read.ok) {
    report({ what: path, reason: read.detail });
    return { channel, account, path, entries: [], error: read.detail };
  }
  return { channel, account, path, entries: entriesOf(read.text) };
}

function entriesOf(text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  const list = property(value, 'allowFrom');
  if (!Array.isArray(list)) return [];
  const entries = list
    .slice(0, MAX_ENTRIES)
    .flatMap((entry) => (typeof entry === 'string' || typeof entry === 'number' ? [String(entry).trim()] : []));
  return [...new Set(entries.filter((entry) => entry !== '' && entry !== '*'))];
}
