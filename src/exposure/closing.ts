import type { FixOp } from '../core/fix.ts';
import type { Model } from '../model/model.ts';
import { whatIf } from '../model/what-if.ts';
import { buildGraph } from './build.ts';
import { type CandidateEdit, editFor } from './edits.ts';
import type { GraphNode } from './graph.ts';
import { type Chain, findPaths, type Path } from './paths.ts';

/** Edits that are tried one by one on the settings; beyond it a boundary's own edit is believed to close it. */
const MAX_TRIED = 64;
/** Steps of the paths times edits: the same for large homes. */
const MAX_WORK = 60_000;

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

/** The edits that the boundaries of these chains call for, each with what it closes, found by following the paths anew. */
export function closings(model: Model, chains: readonly PlacedChain[]): Closing[] {
  const list = candidates(model, chains);
  const steps = chains.reduce((n, c) => n + c.chain.edges.length, 0);
  const tried = Math.min(MAX_TRIED, Math.floor(MAX_WORK / Math.max(1, steps)));
  return list.flatMap(({ edit, near }, i): Closing[] => {
    const believed = edit.ops.length === 0 || edit.walked || i >= tried;
    const closes = believed ? near : closedBy(chains, pathsAfter(model, edit.ops));
    return closes.size > 0 ? [{ edit, closes }] : [];
  });
}

interface Candidate {
  readonly edit: CandidateEdit;
  /** The chains with a boundary that asks for it. */
  readonly near: Set<Chain>;
}

function candidates(model: Model, chains: readonly PlacedChain[]): Candidate[] {
  const byKey = new Map<string, Candidate>();
  const known = new Map<unknown, CandidateEdit | undefined>();
  for (const { chain } of chains)
    for (const { boundaries } of chain.edges)
      for (const { levers = [] } of boundaries)
        for (const lever of levers) {
          if (!known.has(lever)) known.set(lever, editFor(model, lever));
          const edit = known.get(lever);
          if (!edit || (edit.ops.length === 0 && edit.advice.length === 0)) continue;
          const candidate = byKey.get(edit.key) ?? { edit, near: new Set() };
          candidate.near.add(chain);
          byKey.set(edit.key, candidate);
        }
  return [...byKey.values()].sort((a, b) => b.near.size - a.near.size);
}

/** The paths that are there once the operations are made. */
export function pathsAfter(model: Model, ops: readonly FixOp[]): readonly Path[] {
  return findPaths(buildGraph(whatIf(model, ops), { notes: true })).paths;
}

/** The chains that are not among the paths any more. */
export function closedBy(chains: readonly PlacedChain[], after: readonly Path[]): ReadonlySet<Chain> {
  const left = new Map<string, Chain[]>();
  for (const { path, chain } of chainsOf(after)) {
    const key = keyOf(path, chain);
    left.set(key, [...(left.get(key) ?? []), chain]);
  }
  const gone = chains.filter(({ path, chain }) => !(left.get(keyOf(path, chain)) ?? []).some((c) => overlap(c, chain)));
  return new Set(gone.map((g) => g.chain));
}

/** The same chain has the same key before and after an edit, whatever the edit puts together or apart. */
function keyOf({ principal, asset }: Path, chain: Chain): string {
  const tool = chain.edges.find((e) => e.to.kind === 'tool')?.to.label ?? '';
  return `${principal}|${asset}|${familyOf(chain.edges[0]!.to)}|${tool}`;
}

function familyOf(node: GraphNode): string {
  return node.family ?? node.key;
}

function overlap(a: Chain, b: Chain): boolean {
  return (['ingress', 'session'] as const).every((kind) => {
    const mine = membersOf(a, kind);
    const other = membersOf(b, kind);
    return mine.length === 0 || other.length === 0 || mine.some((m) => other.includes(m));
  });
}

function membersOf(chain: Chain, kind: GraphNode['kind']): readonly string[] {
  return chain.edges.find((e) => e.to.kind === kind)?.to.members ?? [];
}
