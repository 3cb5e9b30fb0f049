import type { Location } from './finding.ts';
import type { FixSafety } from './fix.ts';
import type { Severity } from './severity.ts';

/** Who starts a path, from the weakest claim on the owner's trust to the strongest. */
export type PrincipalKind =
  | 'internet'
  | 'lan'
  | 'tailnet'
  | 'anyone-dm'
  | 'group-member'
  | 'content-author'
  | 'webhook-caller'
  | 'http-client'
  | 'local-user'
  | 'code-author'
  | 'paired-node'
  | 'allowed-sender';

/** What a path ends at. */
export type AssetKind =
  | 'host-shell'
  | 'credentials'
  | 'host-files'
  | 'paired-devices'
  | 'other-sessions'
  | 'lan'
  | 'outbound-messages';

/** What stands, or should stand, between two places of a path. */
export type BoundaryKind =
  | 'network'
  | 'auth'
  | 'pairing'
  | 'allowlist'
  | 'mention-gate'
  | 'routing'
  | 'tool-policy'
  | 'approval'
  | 'sandbox'
  | 'workspace'
  | 'file-mode';

/** `open`: it does not hold. */
export type BoundaryState = 'holds' | 'open' | 'unknown';

/** One boundary of an edge, ready to show. */
export interface ExposureBoundary {
  readonly kind: BoundaryKind;
  readonly state: BoundaryState;
  /** Why, in one clause. */
  readonly text: string;
  readonly locations: readonly Location[];
}

export interface ExposureNode {
  readonly id: string;
  readonly kind: 'principal' | 'ingress' | 'session' | 'agent' | 'tool' | 'asset';
  /** For people; may hold names that others chose. */
  readonly label: string;
  readonly principal?: PrincipalKind;
  readonly asset?: AssetKind;
}

/** A step that one node makes to the next. It is closed when any boundary holds, possible when none holds and one is unknown. */
export interface ExposureEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** What happens on it, e.g. `writes a direct message`. */
  readonly text: string;
  readonly state: BoundaryState;
  readonly boundaries: readonly ExposureBoundary[];
}

/** A chain of edges of which none holds. */
export interface ExposurePath {
  /** Stays the same when lines move. */
  readonly id: string;
  readonly principal: PrincipalKind;
  readonly asset: AssetKind;
  readonly severity: Severity;
  readonly state: 'open' | 'possible';
  /** Ids of nodes from the principal to the asset, and of the edges between them (one fewer). */
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
  /** Ids of the proposed edits each of which closes this path by itself. */
  readonly closedBy: readonly string[];
  /** Ids of further edges by which other tools lead from the same door to the same asset; absent when there are none. */
  readonly otherEdges?: readonly string[];
  /**
   * With `otherEdges`: sets of ids of proposed edits. The path is closed, other tools and all, once one edit out of each set
   * is made. Absent where a way is left that no edit closes.
   */
  readonly closedByAll?: readonly (readonly string[])[];
}

/** A change that would close paths, as the fix planner can apply it. */
export interface ExposureEdit {
  readonly id: string;
  /** Imperative. */
  readonly title: string;
  readonly safety: FixSafety;
  readonly sideEffect?: string;
  /** What to run, ready to copy. */
  readonly commands: readonly string[];
  readonly locations: readonly Location[];
  /** Ids of the paths that it closes. */
  readonly closes: readonly string[];
}

/** The smallest set of edits that closes the most critical paths. */
export interface ExposureCut {
  readonly edits: readonly string[];
  /** Critical paths: those that the edits close, and all. */
  readonly closes: number;
  readonly of: number;
  /** False when the search was cut short and a smaller set may exist. */
  readonly minimal: boolean;
}

/** Who can reach what, worst path first. Plain JSON, no secret in it. */
export interface ExposureReport {
  readonly nodes: readonly ExposureNode[];
  readonly edges: readonly ExposureEdge[];
  readonly paths: readonly ExposurePath[];
  /** How many paths there are in all, when not all are listed. */
  readonly morePaths?: number;
  readonly edits: readonly ExposureEdit[];
  readonly cut: ExposureCut;
  /** What could not be followed, one sentence each. */
  readonly gaps: readonly string[];
}
