import { formatKeyPath, type KeyPath, type KeyStep } from '../../core/ref.ts';
import type { Value } from '../value.ts';
import { DraftSink } from './problem.ts';
import { branchesOf, nodeAt, type NodeIndex, type SchemaNode, type SchemaTable } from './table.ts';
import { accepts } from './walk.ts';

// A longer word is no slip of a known one.
const WORD_LIMIT = 64;
// A key that fits at more places than this is too common to guess which one was meant.
const FITTING_LIMIT = 6;
// Places of one key that are looked at.
const PLACES_LIMIT = 60;

/** The word that is most likely meant: the same but for case and separators, else the nearest within a quarter of its length. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > WORD_LIMIT) return undefined;
  const bare = plain(word);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(bare.length / 4)) + 1;
  for (const candidate of candidates) {
    if (candidate === word || candidate.length > WORD_LIMIT) continue;
    const distance = editDistance(bare, plain(candidate), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[_\s-]/g, '');
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other; at most `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return Math.min(limit, previous[b.length]!);
}

interface Place {
  readonly path: KeyPath;
  readonly node: SchemaNode;
}

const indexes = new WeakMap<SchemaTable, ReadonlyMap<string, readonly Place[]>>();

/** The one or two places of the schema where a key of this name takes this value, e.g. `gateway.auth.token`. */
export function elsewhere(table: SchemaTable, at: KeyPath, value: Value): string | undefined {
  const key = at[at.length - 1];
  if (typeof key !== 'string' || key.length > WORD_LIMIT) return undefined;
  let index = indexes.get(table);
  if (!index) {
    index = indexPlaces(table);
    indexes.set(table, index);
  }
  const places = index.get(key) ?? [];
  const fitting = places.filter(({ node }) => accepts({ table, path: [], sink: new DraftSink(1) }, node, value));
  if (places.length > PLACES_LIMIT || fitting.length > FITTING_LIMIT) return undefined;
  const shared = (path: KeyPath) => path.findIndex((step, i) => step !== at[i]);
  const best = fitting
    .toSorted((a, b) => shared(b.path) - shared(a.path) || a.path.length - b.path.length)
    .slice(0, 2)
    .map(({ path }) => formatPattern(path));
  return best.length === 0 ? undefined : best.join(' or ');
}

/** `agents.list.*.tools`: a place of the schema rather than of one config. */
export function formatPattern(path: KeyPath): string {
  return path.reduce<string>((text, step) => {
    if (step === '*') return `${text}.*`;
    const part = formatKeyPath([step]);
    return text === '' || part.startsWith('[') ? text + part : `${text}.${part}`;
  }, '');
}

/** Every named key with the places where it stands, in the order of the schema. A key of many places keeps a few. */
function indexPlaces(table: SchemaTable): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>();
  const walk = (index: NodeIndex, path: KeyStep[]): void => {
    for (const node of branchesOf(table, nodeAt(table, index))) {
      for (const [key, child] of Object.entries(node.keys ?? {})) {
        const list = places.get(key) ?? [];
        places.set(key, list);
        path.push(key);
        if (list.length <= PLACES_LIMIT) list.push({ path: [...path], node: nodeAt(table, child) });
        // An account repeats the keys of its channel, an agent of the roster those of the defaults.
        if (!(path[0] === 'channels' && key === 'accounts')) walk(child, path);
        path.pop();
      }
      const more = node.items ?? (node.rest === false ? undefined : node.rest);
      if (more === undefined) continue;
      path.push('*');
      walk(more, path);
      path.pop();
    }
  };
  walk(table.root, []);
  return places;
}
