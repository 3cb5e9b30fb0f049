import { maskText } from '../config/secrets.ts';
import type {
  ExposureBoundary,
  ExposureEdge,
  ExposureEdit,
  ExposureNode,
  ExposurePath,
  ExposureReport,
} from '../core/exposure.ts';
import type { Fix } from '../core/fix.ts';
import { formatRef, type Ref } from '../core/ref.ts';
import { buildGraph } from '../exposure/build.ts';
import { type Closing, chainsOf, closings } from '../exposure/closing.ts';
import { smallestCut } from '../exposure/cut.ts';
import { editCommands } from '../exposure/edit-commands.ts';
import type { Boundary, GraphEdge, GraphNode } from '../exposure/graph.ts';
import { Landings } from '../exposure/landings.ts';
import { findPaths, type Path } from '../exposure/paths.ts';
import type { Model } from '../model/model.ts';
import { fingerprint } from './fingerprint.ts';
import { Locator } from './locate.ts';

/** Paths that a report lists. */
const MAX_LISTED = 200;
/** Places of one boundary. */
const MAX_PLACES = 6;

/** An edit that a report proposes, with what the planner needs to make it. */
export interface ProposedEdit {
  readonly id: string;
  readonly fix: Fix;
  /** Files that a walk counted are made private with it. */
  readonly walked: boolean;
}

/** Who can reach what in this home: the paths, what would close them, and where all of it stands. */
export function exposureReport(model: Model): ExposureReport {
  return new ReportWriter(model).write();
}

/** The edits that `exposureReport` proposes, by their ids. */
export function proposedEdits(model: Model): ReadonlyMap<string, ProposedEdit> {
  const landings = new Landings(model);
  const { paths } = findPaths(buildGraph(model, { notes: true, landings }));
  const found = closings(model, chainsOf(paths), landings);
  return new Map(
    [...found, ...smallestCut(model, paths, found, landings).edits].map(({ edit }) => {
      const { key, title, safety, ops, sideEffect, walked } = edit;
      const id = editId(key);
      const fix = { title, safety, ops, ...(sideEffect === undefined ? {} : { sideEffect }) };
      return [id, { id, fix, walked: walked === true }];
    }),
  );
}

function editId(key: string): string {
  return `e${fingerprint('edit', key).slice(0, 7)}`;
}

class ReportWriter {
  private readonly model: Model;
  private readonly locator: Locator;
  private readonly nodes = new Map<string, ExposureNode>();
  private readonly edges = new Map<GraphEdge, ExposureEdge>();
  private readonly places = new Map<string, ReturnType<Locator['locate']>>();

  constructor(model: Model) {
    this.model = model;
    this.locator = new Locator(model.settings, model.snapshot.home.configPath);
  }

  write(): ExposureReport {
    const { model } = this;
    const landings = new Landings(model);
    const graph = buildGraph(model, { notes: true, landings });
    const { paths, more } = findPaths(graph);
    const own = paths.filter((p) => !p.implied);
    const listed = own.slice(0, MAX_LISTED);
    const found = closings(model, chainsOf(paths), landings);
    const cut = smallestCut(model, paths, found, landings);
    const ids = pathIds(own);
    const chosen = new Set(cut.edits.map((c) => c.edit.key));
    // What only the cut brought to light is proposed too.
    const proposed = [...found, ...cut.edits.filter((c) => !found.some((f) => f.edit.key === c.edit.key))];
    const edits = proposed
      .map((c) => this.edit(c, own, ids))
      .filter((e, i) => e.closes.length > 0 || chosen.has(proposed[i]!.edit.key));
    const shown = listed.map((path) => this.path(path, ids.get(path)!, proposed));
    // Doors that are closed belong to the picture too.
    for (const node of graph.principals()) for (const edge of graph.from(node)) this.edge(edge);
    const gaps = [...graph.gaps, ...(more > 0 ? [`${more} more chains were not followed.`] : [])];
    const left = own.length - listed.length;
    return {
      nodes: [...this.nodes.values()],
      edges: [...this.edges.values()],
      paths: shown,
      ...(left > 0 ? { morePaths: left } : {}),
      edits,
      cut: {
        edits: cut.edits.map((c) => editId(c.edit.key)),
        closes: cut.closed,
        of: cut.of,
        minimal: cut.minimal,
      },
      gaps: gaps.map(maskText),
    };
  }

  private path(path: Path, id: string, found: readonly Closing[]): ExposurePath {
    const { principal, asset, severity, state, edges, chains } = path;
    const others = [...new Set(chains.flatMap((chain) => chain.edges))].filter((e) => !edges.includes(e));
    const sets = closingSets(path, found);
    return {
      id,
      principal,
      asset,
      severity,
      state,
      nodes: [nodeId(edges[0]!.from), ...edges.map((e) => nodeId(e.to))],
      edges: edges.map((e) => this.edge(e).id),
      closedBy: found.filter((c) => closesPath(c, path)).map((c) => editId(c.edit.key)),
      ...(others.length > 0 ? { otherEdges: others.map((e) => this.edge(e).id) } : {}),
      ...(others.length > 0 && sets ? { closedByAll: sets } : {}),
    };
  }

  private edit({ edit, closes }: Closing, paths: readonly Path[], ids: ReadonlyMap<Path, string>): ExposureEdit {
    const id = editId(edit.key);
    return {
      id,
      title: maskText(edit.title),
      safety: edit.safety,
      ...(edit.sideEffect === undefined ? {} : { sideEffect: maskText(edit.sideEffect) }),
      commands: editCommands(edit, id).map(maskText),
      locations: edit.refs.slice(0, MAX_PLACES).map((r) => this.locate(r)),
      closes: paths.filter((p) => closesPath({ edit, closes }, p)).map((p) => ids.get(p)!),
    };
  }

  private edge(edge: GraphEdge): ExposureEdge {
    let made = this.edges.get(edge);
    if (!made) {
      const from = this.node(edge.from);
      const to = this.node(edge.to);
      const key = fingerprint('edge', from, to, edge.text, ...edge.boundaries.map((b) => b.text));
      made = {
        id: `s${key.slice(0, 10)}`,
        from,
        to,
        text: maskText(edge.text),
        state: edge.state,
        boundaries: edge.boundaries.map((b) => this.boundary(b)),
      };
      this.edges.set(edge, made);
    }
    return made;
  }

  private node(node: GraphNode): string {
    const id = nodeId(node);
    if (!this.nodes.has(id)) {
      const { kind, principal, asset } = node;
      const label = maskText(node.label);
      this.nodes.set(id, { id, kind, label, ...(principal ? { principal } : {}), ...(asset ? { asset } : {}) });
    }
    return id;
  }

  private boundary({ kind, state, text, refs }: Boundary): ExposureBoundary {
    return { kind, state, text: maskText(text), locations: refs.slice(0, MAX_PLACES).map((r) => this.locate(r)) };
  }

  private locate(ref: Ref) {
    const key = formatRef(ref);
    let place = this.places.get(key);
    if (!place) {
      // The findings show the source lines; a place is enough here.
      const { excerpt: _, ...at } = this.locator.locate(ref);
      place = at;
      this.places.set(key, place);
    }
    return place;
  }
}

function closesPath({ closes }: Closing, { chains }: Path): boolean {
  return chains.every((c) => closes.has(c));
}

/** Of each chain the edits that close it, without sets that another one says already; undefined when one has none. */
function closingSets({ chains }: Path, found: readonly Closing[]): string[][] | undefined {
  const sets = chains.map((chain) => found.flatMap((c) => (c.closes.has(chain) ? editId(c.edit.key) : [])));
  if (sets.some((set) => set.length === 0)) return undefined;
  const within = (a: readonly string[], b: readonly string[]) => a.every((id) => b.includes(id));
  return sets.filter(
    (set, i) => !sets.some((other, k) => k !== i && within(other, set) && (k < i || !within(set, other))),
  );
}

function nodeId(node: GraphNode): string {
  return `${node.kind}-${fingerprint('node', node.key).slice(0, 10)}`;
}

/** Names that stay when lines move or other doors open: who, what, door and conversation. */
function pathIds(paths: readonly Path[]): ReadonlyMap<Path, string> {
  const seen = new Map<string, number>();
  return new Map(
    paths.map((path) => {
      const door = path.edges[0]!.to;
      const session = path.edges.find((e) => e.to.kind === 'session')?.to.label ?? '';
      const base = `p${fingerprint('path', path.principal, path.asset, door.family ?? '', door.label, session).slice(0, 9)}`;
      const n = (seen.get(base) ?? 0) + 1;
      seen.set(base, n);
      return [path, n === 1 ? base : `${base}-${n}`];
    }),
  );
}
