import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PairingStore } from '../core/snapshot.ts';
import { CHANNEL_SPECS } from '../model/channels/specs.ts';
import { errnoReason, isAbsent } from './errno.ts';
import { property } from './foreign-json.ts';
import type { ReportGap } from './gap-report.ts';
import { readTextFile } from './read.ts';

export interface PairingInput {
  readonly credentialsDir: string;
  /** Channels of the config, which may be those of plugins that nobody here knows. */
  readonly channels?: readonly string[];
}

const SUFFIX = '-allowFrom.json';
const MAX_FILES = 2000;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_ENTRIES = 10_000;
/** Characters of an entry. No channel has longer sender ids. */
const MAX_ENTRY = 256;

interface NamedStore {
  readonly name: string;
  readonly channel: string;
  /** '' in the file of an earlier release, which counts for the account `default`. */
  readonly account: string;
}

/**
 * Reads the approved senders: `<credentials>/<channel>-<account>-allowFrom.json`, and for the account `default` also
 * `<channel>-allowFrom.json`, which comes after the other (OpenClaw 2026.3.7). Entries are trimmed; blank ones and a bare
 * `*` admit nobody. A file of another shape gives no entries and its reason.
 */
export function collectPairing(input: PairingInput, report: ReportGap): PairingStore[] {
  const { credentialsDir } = input;
  const stores = listStores(input, report);
  if (stores.length > MAX_FILES) {
    report({ what: credentialsDir, reason: `only ${MAX_FILES} of its ${stores.length} lists of senders were read` });
  }
  return stores.slice(0, MAX_FILES).map(({ name, channel, account }) => ({
    channel,
    account: account || 'default',
    path: join(credentialsDir, name),
    ...readEntries(join(credentialsDir, name)),
  }));
}

function listStores({ credentialsDir, channels = [] }: PairingInput, report: ReportGap): NamedStore[] {
  let names: string[];
  try {
    names = readdirSync(credentialsDir).filter((name) => name.endsWith(SUFFIX) && name.length > SUFFIX.length);
  } catch (error) {
    if (!isAbsent(error)) report({ what: credentialsDir, reason: errnoReason(error) });
    return [];
  }
  const stems = names.sort().map((name) => name.slice(0, -SUFFIX.length));
  // A file for the account `default` names its channel beyond doubt.
  const certain = stems.flatMap((stem) => (stem.endsWith('-default') ? [stem.slice(0, -'-default'.length)] : []));
  const known = new Set([...CHANNEL_SPECS.map((c) => c.id), ...channels, ...certain]);
  return stems
    .map((stem) => ({ name: stem + SUFFIX, ...splitStem(stem, known) }))
    .sort((a, b) => order(a.channel, b.channel) || rank(a) - rank(b) || order(a.account, b.account));
}

/** `a-b` is the channel `a-b`, or `a` with the account `b`: the longest known channel wins, else the shortest. */
function splitStem(stem: string, known: ReadonlySet<string>): { channel: string; account: string } {
  for (let end = stem.length; end > 0; end = stem.lastIndexOf('-', end - 1)) {
    const channel = stem.slice(0, end);
    if (known.has(channel)) return { channel, account: stem.slice(end + 1) };
  }
  const dash = stem.indexOf('-');
  return dash > 0 ? { channel: stem.slice(0, dash), account: stem.slice(dash + 1) } : { channel: stem, account: '' };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The account `default` first, its file of earlier releases next. */
function rank({ account }: NamedStore): number {
  return account === 'default' ? 0 : account === '' ? 1 : 2;
}

function readEntries(path: string): Pick<PairingStore, 'entries' | 'error'> {
  const read = readTextFile(path, { maxBytes: MAX_BYTES });
  if (!read.ok) return { entries: [], error: read.detail };
  // OpenClaw's JSON parser refuses the mark.
  if (read.bom) return { entries: [], error: 'it starts with a byte-order mark' };
  let list: unknown;
  try {
    list = property(JSON.parse(read.text), 'allowFrom');
  } catch {
    return { entries: [], error: 'it is not JSON' };
  }
  if (!Array.isArray(list)) return { entries: [], error: 'it holds no list allowFrom' };
  const entries = new Set<string>();
  let leftOut = Math.max(0, list.length - MAX_ENTRIES);
  for (const item of list.slice(0, MAX_ENTRIES)) {
    const text = typeof item === 'string' || typeof item === 'number' ? String(item).trim() : undefined;
    if (text === undefined || text.length > MAX_ENTRY) leftOut++;
    else if (text !== '' && text !== '*') entries.add(text);
  }
  return {
    entries: [...entries],
    ...(leftOut > 0 && { error: `${leftOut} of its entries were left out: no text, too long or too many` }),
  };
}
