import { walkValues } from '../config/document.ts';
import type { Value } from '../config/value.ts';
import { formatKeyPath } from '../core/ref.ts';
import type { KeyChange } from './change.ts';

/**
 * Compares what OpenClaw reads before and after. A sentence when a key changed that no change names (a file that is
 * included at two places, a list that two files make up), or when a change did not arrive.
 */
export function unexpectedChange(
  before: Value | undefined,
  after: Value | undefined,
  changes: readonly KeyChange[],
): string | undefined {
  const was = leaves(before);
  const is = leaves(after);
  const named = changes.map((c) => JSON.stringify(c.path).slice(0, -1));
  const expected = (key: string) =>
    named.some((n) => {
      const own = key.slice(0, -1);
      // The key itself, what is below it, and a container above it that was empty or missing.
      return own === n || own.startsWith(`${n},`) || n.startsWith(`${own},`) || own === '[';
    });
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    if (was.get(key) === is.get(key) || expected(key)) continue;
    return `it would also change ${formatKeyPath(JSON.parse(key) as string[])}, because the file that holds it is used at more than one place`;
  }
  for (const change of changes) {
    const stands = is.get(JSON.stringify(change.path));
    const wanted = change.value;
    const scalar = wanted === null || typeof wanted !== 'object';
    if (
      scalar && wanted !== undefined ? stands !== JSON.stringify(wanted) : wanted === undefined && stands !== undefined
    )
      return `${formatKeyPath(change.path)} would be overruled by another file`;
  }
  return undefined;
}

/** Every scalar and every empty container by its path. */
function leaves(root: Value | undefined): Map<string, string> {
  const out = new Map<string, string>();
  if (!root) return out;
  walkValues(root, (path, value) => {
    const key = JSON.stringify(path);
    if (value.kind === 'object') {
      if (value.entries.size === 0) out.set(key, '{}');
    } else if (value.kind === 'array') {
      if (value.items.length === 0) out.set(key, '[]');
    } else out.set(key, JSON.stringify(value.value) ?? String(value.value));
  });
  return out;
}
