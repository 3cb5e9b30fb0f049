import type { PairingStore } from '../../core/snapshot.ts';
import type { TableRows } from './open.ts';

const MAX_ENTRIES = 20_000;
const MAX_TEXT = 512;

/**
 * The paired senders of each channel account from rows (channel, account, entry, sort order). As in the files that came
 * before, entries are trimmed, and a blank one or a bare `*` does not count (OpenClaw 2026.3.7).
 */
export function groupPairingRows({ end, rows }: TableRows, path: string): readonly PairingStore[] {
  const stores = new Map<string, { channel: string; account: string; entries: Set<string>; error?: string }>();
  const partial = end === 'stopped' || end === 'corrupt' ? 'not every row of the table could be read' : undefined;
  const inOrder = [...rows].sort((a, b) => orderOf(a[3]) - orderOf(b[3]));
  let kept = 0;
  for (const [channelCell, accountCell, entryCell] of inOrder) {
    const channel = textOf(channelCell);
    if (channel === undefined || channel === '') continue;
    const account = textOf(accountCell) || 'default';
    const key = JSON.stringify([channel, account]);
    let store = stores.get(key);
    if (!store) {
      if (stores.size === MAX_ENTRIES) continue;
      store = { channel, account, entries: new Set(), ...(partial !== undefined && { error: partial }) };
      stores.set(key, store);
    }
    const entry = textOf(entryCell);
    if (entry === undefined || kept >= MAX_ENTRIES) store.error = 'some entries are no text, too long or too many';
    else if (entry !== '' && entry !== '*') {
      store.entries.add(entry);
      kept++;
    }
  }
  return [...stores.values()].map((store) => ({ ...store, path, entries: [...store.entries] }));
}

function textOf(cell: unknown): string | undefined {
  return typeof cell === 'string' && cell.length <= MAX_TEXT ? cell.trim() : undefined;
}

function orderOf(cell: unknown): number {
  return typeof cell === 'number' ? cell : Number.MAX_SAFE_INTEGER;
}
