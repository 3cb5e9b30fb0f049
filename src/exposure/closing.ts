import type { FixOp } from '../core/fix.ts';
import type { Model } from '../model/model.ts';
import { whatIf } from '../model/what-if.ts';
import { buildGraph } from './build.ts';
import { type CandidateEdit, editFor } from './edits.ts';
import type { GraphNode } from './graph.ts';
import { Landings } from './landings.ts';
import type { Lever } from './lever.ts';
import { type Chain, findPaths, type Path } from './paths.ts';

/** Edits that are tried one by one on the settings; beyond it a boundary's own edit is believed to close it. */
const MAX_TRIED = 16;
/** Steps of the paths times edits: the same for large homes. */
const MAX_WORK = 20_000;

/** A chain and the path that it is one of. */
export interface PlacedChain {
  readonly path: Path;
  readonly chain: Chain;
}

/** An edit together with the chains that it closes. */
export interface Closing {
  readonly edit: CandidateEdit;
  readonly closes: ReadonlySet<Chain>;
}

/** The chains of some paths. */
export function chainsOf(paths: readonly Path[]): PlacedChain[] {
  return paths.flatMap((path) => path.chains.map((chain) => ({ path, chain })));
}

/**
 * The edits that the boundaries of these chains call for, each with what it closes. One that can reach further than its own
 * boundary is tried on the settings, and the paths followed anew. A note is closed by the edits of its own boundaries and
 * calls for none.
 */
export function closings(
  model: Model,
  all: readonly PlacedChain[],
  landings: Landings,
  options = { tried: true },
): Closing[] {
  const chains = all.filter((c) => c.path.severity !== 'info');
  const notes = all.filter((c) => c.path.severity === 'info');
  const known = new Map<Lever, CandidateEdit | undefined>();
  const list = candidates(model, chains, known);
  const below = candidates(model, notes, known);
  const steps = chains.reduce((n, c) => n + c.chain.edges.length, 0);
  let left = options.tried ? Math.min(MAX_TRIED, Math.floor(MAX_WORK / Math.max(1, steps))) : 0;
  return [...list.values()].flatMap(({ edit, near, reaches }): Closing[] => {
    const trying = reaches && edit.ops.length > 0 && left-- > 0;
    const closes = trying ? closedBy(chains, pathsAfter(model, edit.ops, landings)) : near;
    return closes.size > 0 ? [{ edit, closes: new Set([...closes, ...(below.get(edit.key)?.near ?? [])]) }] : [];
  });
}

/** Levers that move more than the boundary they stand on, or less: they are tried. */
const FAR_REACHING: ReadonlySet<Lever['lever']> = new Set([
  'sandbox',
  'binds',
  'exec-host',
  'exec-ask',
  // Beside the main session some homes have a sandbox, and other tools in it.
  'dm-scope',
  'group-scope',
  'session-key',
  'device-auth',
]);

function reachesFar(lever: Lever): boolean {
  if (FAR_REACHING.has(lever.lever)) return true;
  // Who may run programs or write files may do some things more.
  return lever.lever === 'deny' && lever.tools.some((t) => t === 'exec' || t === 'write');
}

interface Candidate {
  readonly edit: CandidateEdit;
  /** The chains with a boundary that asks for it. */
  readonly near: Set<Chain>;
  /** It can move other boundaries too. */
  readonly reaches: boolean;
}

function candidates(
  model: Model,
  chains: readonly PlacedChain[],
  known: Map<Lever, CandidateEdit | undefined>,
): Map<string, Candidate> {
  const byKey = new Map<string, Candidate>();
  for (const { chain } of chains)
    for (const { boundaries } of chain.edges)
      for (const { levers = [] } of boundaries)
        for (const lever of levers) {
          if (!known.has(lever)) known.set(lever, editFor(model, lever));
          const edit = known.get(lever);
          if (!edit || (edit.ops.length === 0 && edit.advice.length === 0)) continue;
          const candidate = byKey.get(edit.key) ?? { edit, near: new Set(), reaches: reachesFar(lever) };
          candidate.near.add(chain);
          byKey.set(edit.key, candidate);
        }
  return new Map([...byKey].sort(([, a], [, b]) => b.near.size - a.near.size));
}

/**
 * The paths that are there once the operations are made.
 *
 * @param landings those of the model: conversations that were looked at before
 */
export function pathsAfter(model: Model, ops: readonly FixOp[], landings = new Landings(model)): readonly Path[] {
  const after = whatIf(model, ops);
  return findPaths(buildGraph(after, { notes: false, landings: landings.after(ops) })).paths;
}

/** The chains that are not among the paths any more. */
export function closedBy(chains: readonly PlacedChain[], after: readonly Path[]): ReadonlySet<Chain> {
  const left = new Map<string, Place[]>();
  for (const placed of chainsOf(after)) {
    const place = placeOf(placed);
    const same = left.get(place.key);
    if (same) same.push(place);
    else left.set(place.key, [place]);
  }
  const gone = chains.filter((placed) => {
    const place = placeOf(placed);
    return !left.get(place.key)?.some((other) => overlap(other, place));
  });
  return new Set(gone.map((g) => g.chain));
}

/** What a chain is known by. */
interface Place {
  /** The same before and after an edit, whatever the edit puts together or apart. */
  readonly key: string;
  /** Doors, then conversations, with what each was put together from. */
  readonly stops: readonly (readonly (readonly string[])[])[];
}

const places = new WeakMap<Chain, Place>();

function placeOf({ path, chain }: PlacedChain): Place {
  let place = places.get(chain);
  if (!place) {
    const { edges } = chain;
    const tools = edges.filter((e) => e.to.kind === 'tool').map((e) => e.to.label);
    place = {
      key: `${path.principal}|${path.asset}|${familyOf(edges[0]!.to)}|${tools.join()}`,
      stops: (['ingress', 'session'] as const).map((kind) =>
        edges.filter((e) => e.to.kind === kind).map((e) => e.to.members),
      ),
    };
    places.set(chain, place);
  }
  return place;
}

function familyOf(node: GraphNode): string {
  return node.family ?? node.key;
}

/** They share a door, and a conversation at each stop. */
function overlap(a: Place, b: Place): boolean {
  return a.stops.every((mine, kind) =>
    mine.every((members, i) => {
      const others = b.stops[kind]![i] ?? [];
      return (
        members === others || members.length === 0 || others.length === 0 || members.some((m) => others.includes(m))
      );
    }),
  );
}
