import type { Model } from '../model/model.ts';
import { type Closing, chainsOf, closedBy, closings, type PlacedChain, pathsAfter } from './closing.ts';
import { smallestHittingSet } from './hitting-set.ts';
import type { Landings } from './landings.ts';
import type { Chain, Path } from './paths.ts';

/** The edits that close the most of the critical paths, as few as can be. */
export interface Cut {
  readonly edits: readonly Closing[];
  /** Paths of the report that are gone once all of them are made. */
  readonly closed: number;
  readonly of: number;
  readonly minimal: boolean;
}

/** What tips the scale between equally many edits. */
const COST = { safe: 0, unsafe: 1, manual: 4 } as const;
/** How often what an edit brings to light is taken in. */
const MAX_ROUNDS = 4;

/**
 * Chooses the edits and makes them all in the settings: what shows up only then (a tool that leaves the new sandbox) is
 * taken in, and the choice made anew.
 */
export function smallestCut(model: Model, paths: readonly Path[], all: readonly Closing[], landings: Landings): Cut {
  const critical = paths.filter((p) => p.severity === 'critical');
  const shown = chainsOf(critical.filter((p) => !p.implied));
  let found = [...all];
  let needed: readonly Path[] = critical;
  let edits: readonly Closing[] = [];
  let minimal = true;
  let after: readonly Path[] = paths;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const choice = choose(needed, found);
    edits = choice.chosen.map((i) => found[i]!);
    minimal = choice.minimal;
    after = pathsAfter(
      model,
      edits.flatMap((e) => e.edit.ops),
      landings,
    );
    const known = chainsOf(needed);
    const fresh = after.filter((p) => p.severity === 'critical' && !isKnown(p, known, edits));
    if (fresh.length === 0) break;
    if (round === MAX_ROUNDS - 1) minimal = false;
    found = merged(found, closings(model, chainsOf(fresh), landings, { tried: false }));
    needed = [...needed, ...fresh];
  }
  edits = withoutIdle(model, edits, criticalIn(after), landings);
  const gone = closedBy(shown, after);
  const closed = byPath(shown).filter((chains) => chains.every((c) => gone.has(c) || byHand(c, edits))).length;
  return { edits, closed, of: critical.filter((p) => !p.implied).length, minimal };
}

function criticalIn(paths: readonly Path[]): number {
  return paths.filter((p) => p.severity === 'critical').length;
}

/** Leaves out what closes nothing that the others together do not close: an edit may do more beside others than alone. */
function withoutIdle(model: Model, edits: readonly Closing[], left: number, landings: Landings): readonly Closing[] {
  let kept = edits;
  for (const edit of edits) {
    if (kept.length < 2 || edit.edit.ops.length === 0 || edit.edit.walked) continue;
    const others = kept.filter((e) => e !== edit);
    const after = pathsAfter(
      model,
      others.flatMap((e) => e.edit.ops),
      landings,
    );
    if (criticalIn(after) <= left) kept = others;
  }
  return kept;
}

/** A path is left although the edits are made: seen before, or closed by what a person does. */
function isKnown(path: Path, known: readonly PlacedChain[], edits: readonly Closing[]): boolean {
  const { chains } = path;
  const fresh = closedBy(
    chainsOf([path]),
    known.map((k) => k.path),
  );
  return chains.every((c) => !fresh.has(c) || byHand(c, edits));
}

/** Only what a person does closes it, which cannot be tried on the settings. */
function byHand(chain: Chain, edits: readonly Closing[]): boolean {
  return edits.some((e) => (e.edit.ops.length === 0 || e.edit.walked) && e.closes.has(chain));
}

function byPath(chains: readonly PlacedChain[]): Chain[][] {
  const out = new Map<Path, Chain[]>();
  for (const { path, chain } of chains) out.set(path, [...(out.get(path) ?? []), chain]);
  return [...out.values()];
}

function merged(a: readonly Closing[], b: readonly Closing[]): Closing[] {
  const byKey = new Map(a.map((c) => [c.edit.key, c]));
  for (const c of b) {
    const old = byKey.get(c.edit.key);
    byKey.set(c.edit.key, old ? { edit: old.edit, closes: new Set([...old.closes, ...c.closes]) } : c);
  }
  return [...byKey.values()];
}

/**
 * A path is closed when each of its chains is. Edits that can be applied come first: one that is left to a person counts
 * only for chains that nothing else closes.
 */
function choose(paths: readonly Path[], found: readonly Closing[]): ReturnType<typeof smallestHittingSet> {
  const closers = new Map(chainsOf(paths).map(({ chain }) => [chain, closersOf(chain, found)]));
  const closable = paths.filter((p) => p.chains.every((c) => closers.get(c)!.length > 0));
  const sets = closable.flatMap((p) => p.chains.map((c) => closers.get(c)!));
  return smallestHittingSet(sets, (i) => COST[found[i]!.edit.safety]);
}

function closersOf(chain: Chain, found: readonly Closing[]): number[] {
  const all = found.flatMap((c, i) => (c.closes.has(chain) ? [i] : []));
  const applicable = all.filter((i) => found[i]!.edit.safety !== 'manual');
  return applicable.length > 0 ? applicable : all;
}
