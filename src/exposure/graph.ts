import type { AssetKind, BoundaryKind, BoundaryState, ExposureNode, PrincipalKind } from '../core/exposure.ts';
import type { Ref } from '../core/ref.ts';
import type { Lever } from './lever.ts';

/** One thing that stands, or should stand, in the way of a step. */
export interface Boundary {
  readonly kind: BoundaryKind;
  readonly state: BoundaryState;
  /** Why, in one clause. */
  readonly text: string;
  readonly refs: readonly Ref[];
  /** What would make it hold. */
  readonly levers?: readonly Lever[];
}

/** How close somebody is to the owner: it decides how bad it is what they reach. */
export type Standing =
  /** Anybody at all. */
  | 'stranger'
  /** Somebody out of a circle that the owner picked: members of a listed group, holders of a token. */
  | 'circle'
  /** Acts through text that the model reads, or was let in on purpose. */
  | 'indirect'
  /** The owner, or somebody whom the owner named. */
  | 'named';

export interface GraphNode {
  readonly key: string;
  readonly kind: ExposureNode['kind'];
  readonly label: string;
  readonly principal?: PrincipalKind;
  readonly asset?: AssetKind;
  /** What nodes that were put together from several alike have in common, e.g. the kind of door. */
  readonly family?: string;
  /** The several. */
  readonly members: readonly string[];
}

export interface GraphEdge {
  readonly from: GraphNode;
  readonly to: GraphNode;
  readonly text: string;
  readonly boundaries: readonly Boundary[];
  readonly state: BoundaryState;
  /** On the step that leaves a principal. */
  readonly standing?: Standing;
}

/** Nodes and steps, each once. */
export class Graph {
  private readonly byKey = new Map<string, GraphNode>();
  private readonly out = new Map<string, GraphEdge[]>();
  /** What could not be followed. */
  readonly gaps = new Set<string>();

  node(kind: GraphNode['kind'], key: string, label: string, more: Partial<GraphNode> = {}): GraphNode {
    const id = `${kind} ${key}`;
    let node = this.byKey.get(id);
    if (!node) {
      node = { key: id, kind, label, members: [], ...more };
      this.byKey.set(id, node);
    }
    return node;
  }

  principal(kind: PrincipalKind): GraphNode {
    return this.node('principal', kind, PRINCIPAL_LABELS[kind], { principal: kind });
  }

  asset(kind: AssetKind): GraphNode {
    return this.node('asset', kind, ASSET_LABELS[kind], { asset: kind });
  }

  edge(
    from: GraphNode,
    to: GraphNode,
    text: string,
    boundaries: readonly Boundary[] = [],
    standing?: Standing,
  ): GraphEdge {
    const edges = this.out.get(from.key) ?? [];
    const same = edges.find((e) => e.to === to && e.text === text && alike(e.boundaries, boundaries));
    if (same) return same;
    const edge: GraphEdge = {
      from,
      to,
      text,
      boundaries,
      state: stateOf(boundaries),
      ...(standing ? { standing } : {}),
    };
    edges.push(edge);
    this.out.set(from.key, edges);
    return edge;
  }

  from(node: GraphNode): readonly GraphEdge[] {
    return this.out.get(node.key) ?? [];
  }

  principals(): GraphNode[] {
    return [...this.byKey.values()].filter((n) => n.kind === 'principal');
  }
}

function alike(a: readonly Boundary[], b: readonly Boundary[]): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i] || (x.state === b[i]!.state && x.text === b[i]!.text));
}

/** Closed when any boundary holds; unknown when none does and one cannot be told. */
export function stateOf(boundaries: readonly Boundary[]): BoundaryState {
  let state: BoundaryState = 'open';
  for (const b of boundaries) {
    if (b.state === 'holds') return 'holds';
    if (b.state === 'unknown') state = 'unknown';
  }
  return state;
}

/** Principals in words. */
export const PRINCIPAL_LABELS: Readonly<Record<PrincipalKind, string>> = {
  internet: 'anybody on the internet',
  lan: 'anybody on the local network',
  tailnet: 'anybody on the tailnet',
  'anyone-dm': 'anybody who writes a direct message',
  'group-member': 'any member of a group',
  'content-author': 'author of a web page or mail',
  'webhook-caller': 'holder of the webhook token',
  'http-client': 'HTTP client',
  'local-user': 'another user of this machine',
  'code-author': 'author of a plugin',
  'paired-node': 'paired device',
  'allowed-sender': 'listed sender',
};

/** Assets in words. */
export const ASSET_LABELS: Readonly<Record<AssetKind, string>> = {
  'host-shell': 'host shell',
  credentials: 'credentials',
  'host-files': 'files of the host',
  'paired-devices': 'paired devices',
  'other-sessions': 'conversations of others',
  lan: 'local network',
  'outbound-messages': 'messages in your name',
};
