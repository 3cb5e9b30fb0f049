import type { KeyPath } from '../../core/ref.ts';
import { childOf, type Value } from '../value.ts';

/** Sorts what has a path as the config is written; a key that is absent comes before its neighbours. */
export function inDocumentOrder<T extends { readonly path: KeyPath }>(
  root: Value | undefined,
  things: readonly T[],
): T[] {
  const positions = new WeakMap<Value, Map<string, number>>();
  const positionsOf = (value: Value): Map<string, number> => {
    let map = positions.get(value);
    if (!map) {
      map = new Map(value.kind === 'object' ? [...value.entries.keys()].map((key, i) => [key, i]) : []);
      positions.set(value, map);
    }
    return map;
  };
  const route = (path: KeyPath): number[] => {
    let at = root;
    return path.map((step) => {
      const position = typeof step === 'number' ? step : ((at && positionsOf(at).get(step)) ?? -1);
      at = childOf(at, step);
      return position;
    });
  };
  return things
    .map((thing) => ({ thing, route: route(thing.path) }))
    .toSorted((a, b) => compareRoutes(a.route, b.route))
    .map(({ thing }) => thing);
}

function compareRoutes(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
