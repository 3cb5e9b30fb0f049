import type { Json } from '../core/json.ts';
import { formatKeyPath, type KeyPath } from '../core/ref.ts';
import type { Declined } from '../core/fix-plan.ts';

/** A wish to change one key of the merged config. */
export interface KeyChange {
  readonly path: KeyPath;
  /** What it becomes; undefined removes it. */
  readonly value: Json | undefined;
  readonly title: string;
  readonly sideEffect?: string;
  /** The right side of the line that says what was done: `open -> allowlist`, `pairing-store`. */
  readonly words: string;
}

/**
 * Each key once. Equal wishes are one; wishes that contradict each other, or of which one would swallow the other, are
 * all declined.
 */
export function reconcile(changes: readonly KeyChange[]): { changes: KeyChange[]; declined: Declined[] } {
  const byKey = new Map<string, KeyChange[]>();
  for (const change of changes) {
    const key = JSON.stringify(change.path);
    byKey.set(key, [...(byKey.get(key) ?? []), change]);
  }
  const kept: KeyChange[] = [];
  const declined: Declined[] = [];
  for (const [key, same] of byKey) {
    const [first] = same as [KeyChange];
    const wishes = new Set(same.map((c) => JSON.stringify(c.value ?? null) + String(c.value === undefined)));
    const above = ancestorsOf(first.path).some((p) => byKey.has(p));
    const below = [...byKey.keys()].some((k) => k !== key && isBelow(k, key));
    if (wishes.size > 1)
      declined.push({ what: formatKeyPath(first.path), reason: 'two fixes want different values for it' });
    else if (above || below)
      declined.push({ what: formatKeyPath(first.path), reason: 'another fix changes a part of it' });
    else kept.push(first);
  }
  return { changes: kept, declined };
}

function ancestorsOf(path: KeyPath): string[] {
  return path.slice(0, -1).map((_, i) => JSON.stringify(path.slice(0, i + 1)));
}

function isBelow(key: string, above: string): boolean {
  return key.startsWith(`${above.slice(0, -1)},`);
}
