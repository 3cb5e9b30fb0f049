import type { AssetKind, PrincipalKind } from '../core/exposure.ts';
import { type Severity, severityRank } from '../core/severity.ts';
import type { Graph, GraphEdge, GraphNode, Standing } from './graph.ts';

/** A chain of steps of which none is closed, from somebody to something. */
export interface Chain {
  readonly state: 'open' | 'possible';
  readonly edges: readonly GraphEdge[];
}

/** One way from somebody through one door into one conversation to one asset; several tools may lead on from there. */
export interface Path extends Chain {
  readonly principal: PrincipalKind;
  readonly asset: AssetKind;
  readonly severity: Severity;
  /** Every chain that makes this way, the one that is shown first. It is closed when all of them are. */
  readonly chains: readonly Chain[];
  /** Whoever goes it has the host's shell anyway, and with it the files, keys, network and channels: not shown by itself. */
  readonly implied: boolean;
}

/** Longer chains are not followed: they would go through a third agent. */
const MAX_STEPS = 10;
/** Chains that are looked at; the rest is counted. */
const MAX_CHAINS = 5000;

/** Worst first. */
export const ASSETS: readonly AssetKind[] = [
  'host-shell',
  'credentials',
  'host-files',
  'paired-devices',
  'other-sessions',
  'lan',
  'outbound-messages',
];

/** The weakest claim on the owner's trust first. */
export const PRINCIPALS: readonly PrincipalKind[] = [
  'internet',
  'lan',
  'tailnet',
  'anyone-dm',
  'group-member',
  'content-author',
  'webhook-caller',
  'http-client',
  'local-user',
  'code-author',
  'paired-node',
  'allowed-sender',
];

const GRAVE: ReadonlySet<AssetKind> = new Set(ASSETS.slice(0, 5));

/** How bad it is; undefined for what is no finding: the owner reaching what is the owner's. */
export function severityOf(standing: Standing, asset: AssetKind): Severity | undefined {
  switch (standing) {
    case 'stranger':
      return GRAVE.has(asset) ? 'critical' : 'warn';
    case 'circle':
      return GRAVE.has(asset) ? 'warn' : 'info';
    case 'indirect':
      return 'info';
    case 'named':
      return asset === 'other-sessions' ? 'info' : undefined;
  }
}

export interface FoundPaths {
  readonly paths: readonly Path[];
  /** Chains beyond those that were looked at. */
  readonly more: number;
}

interface Way {
  readonly principal: PrincipalKind;
  readonly asset: AssetKind;
  readonly severity: Severity;
  readonly chains: Chain[];
  /** Who it is, whatever they reach. */
  readonly who: string;
}

/** Every path, worst asset and weakest principal first. */
export function findPaths(graph: Graph): FoundPaths {
  const ways = new Map<string, Way>();
  let seen = 0;
  const trail: GraphEdge[] = [];
  const arrive = (asset: AssetKind, standing: Standing, principal: PrincipalKind, door: string, possible: boolean) => {
    const severity = severityOf(standing, asset);
    if (!severity || ++seen > MAX_CHAINS) return;
    const key = `${door} ${asset}`;
    let way = ways.get(key);
    if (!way) {
      way = { principal, asset, severity, chains: [], who: whoIs(principal, standing, door) };
      ways.set(key, way);
    }
    way.chains.push({ state: possible ? 'possible' : 'open', edges: [...trail] });
  };
  const walk = (
    node: GraphNode,
    standing: Standing,
    principal: PrincipalKind,
    door: string,
    possible: boolean,
  ): void => {
    if (trail.length >= MAX_STEPS) return;
    for (const edge of graph.from(node)) {
      const { to, state } = edge;
      if (state === 'holds' || (to.kind === 'session' && trail.some((e) => e.to === to))) continue;
      trail.push(edge);
      const now = edge.standing ?? standing;
      const maybe = possible || state === 'unknown';
      // The door and the first conversation say where somebody comes from.
      const enters = to.kind === 'ingress' || (to.kind === 'session' && node.kind === 'ingress');
      const at = enters ? `${door} ${to.key}` : door;
      if (to.asset) arrive(to.asset, now, principal, door, maybe);
      else walk(to, now, principal, at, maybe);
      trail.pop();
    }
  };
  for (const node of graph.principals()) walk(node, 'stranger', node.principal!, node.key, false);
  return { paths: rank(toPaths([...ways.values()])), more: Math.max(0, seen - MAX_CHAINS) };
}

/** Strangers are strangers at every door, and so are the users of this machine; others are told apart by theirs. */
function whoIs(principal: PrincipalKind, standing: Standing, door: string): string {
  const alike = standing === 'stranger' || principal === 'local-user' || principal === 'webhook-caller';
  return `${standing} ${alike ? principal : door}`;
}

/** Who has the host's shell has its files, keys, network and channels too: that is no path of its own. */
function toPaths(ways: readonly Way[]): Path[] {
  const isOpen = (w: Way) => w.chains.some((c) => c.state === 'open');
  const shells = new Map<string, boolean>();
  for (const w of ways) if (w.asset === 'host-shell') shells.set(w.who, shells.get(w.who) === true || isOpen(w));
  return ways.map((way) => {
    const { principal, asset, severity, chains, who } = way;
    const first = chains.find((c) => c.state === 'open') ?? chains[0]!;
    const shell = shells.get(who);
    const implied = asset !== 'host-shell' && shell !== undefined && (shell || !isOpen(way));
    const sorted = first === chains[0] ? chains : [first, ...chains.filter((c) => c !== first)];
    return { state: first.state, edges: first.edges, principal, asset, severity, chains: sorted, implied };
  });
}

function rank(paths: readonly Path[]): Path[] {
  const keyed = paths.map((path, i) => ({
    path,
    i,
    worse: severityRank(path.severity),
    sure: path.state === 'open' ? 0 : 1,
    asset: ASSETS.indexOf(path.asset),
    principal: PRINCIPALS.indexOf(path.principal),
    length: path.edges.length,
  }));
  keyed.sort(
    (a, b) =>
      b.worse - a.worse ||
      a.asset - b.asset ||
      a.sure - b.sure ||
      a.principal - b.principal ||
      a.length - b.length ||
      a.i - b.i,
  );
  return keyed.map((k) => k.path);
}
