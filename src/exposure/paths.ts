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

/** Longer chains are not followed: they would go through a second agent. */
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
  /** Who it is, whatever they reach: strangers as such, others by the door and conversation that they have. */
  readonly who: string;
}

/** Every path, worst asset and weakest principal first. */
export function findPaths(graph: Graph): FoundPaths {
  const ways = new Map<string, Way>();
  let seen = 0;
  const trail: GraphEdge[] = [];
  const walk = (node: GraphNode, standing: Standing, principal: PrincipalKind): void => {
    for (const edge of graph.from(node)) {
      if (edge.state === 'holds' || trail.length >= MAX_STEPS || trail.some((e) => e.from === edge.to)) continue;
      trail.push(edge);
      const { asset } = edge.to;
      const now = edge.standing ?? standing;
      const severity = asset && severityOf(now, asset);
      if (asset && severity && ++seen <= MAX_CHAINS) {
        const session = trail.find((e) => e.to.kind === 'session');
        const door = `${principal} ${trail[0]!.to.key} ${session?.to.key ?? ''}`;
        const who = now === 'stranger' ? principal : door;
        const way = ways.get(`${door} ${asset}`) ?? { principal, asset, severity, chains: [], who };
        ways.set(`${door} ${asset}`, way);
        way.chains.push({
          state: trail.some((e) => e.state === 'unknown') ? 'possible' : 'open',
          edges: [...trail],
        });
      }
      if (!asset) walk(edge.to, now, principal);
      trail.pop();
    }
  };
  for (const node of graph.principals()) walk(node, 'stranger', node.principal!);
  return { paths: rank(toPaths([...ways.values()])), more: Math.max(0, seen - MAX_CHAINS) };
}

function toPaths(ways: readonly Way[]): Path[] {
  const isOpen = (w: Way) => w.chains.some((c) => c.state === 'open');
  const shells = new Map<string, boolean>();
  for (const w of ways) if (w.asset === 'host-shell') shells.set(w.who, shells.get(w.who) === true || isOpen(w));
  return ways.map((way) => {
    const { principal, asset, severity, chains, who } = way;
    const first = chains.find((c) => c.state === 'open') ?? chains[0]!;
    const shell = shells.get(who);
    const implied = asset !== 'host-shell' && shell !== undefined && (shell || !isOpen(way));
    return { ...first, principal, asset, severity, chains: [first, ...chains.filter((c) => c !== first)], implied };
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
