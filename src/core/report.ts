import type { CheckOutcome, Finding, Outcome } from './finding.ts';
import type { Json } from './json.ts';

/** Counts by severity; the `summary` of `openclaw security audit --json`. */
export interface Summary {
  readonly critical: number;
  readonly warn: number;
  readonly info: number;
}

/** A finding that a suppression holds back. */
export interface SuppressedFinding extends Finding {
  readonly suppression: {
    readonly reason?: string;
    readonly owner?: string;
    readonly expires?: string;
    /** `openclaw`: `security.audit.suppressions` in the config; `file`, `flag`: ours. */
    readonly source: 'openclaw' | 'file' | 'flag';
  };
}

/** What the audit could not read, so that a gap never looks green. */
export interface CoverageGap {
  readonly what: string;
  readonly reason: string;
}

/** The result of an audit: plain JSON, without secrets. */
export interface Report {
  readonly schemaVersion: 1;
  /** Epoch milliseconds of the collection. */
  readonly ts: number;
  readonly tool: { readonly name: 'openclaw-security'; readonly version: string };
  readonly target: {
    readonly openclawVersion: string;
    readonly versionSource: 'option' | 'installed' | 'config' | 'newest-known';
    readonly stateDir: string;
    readonly configPath: string;
    readonly configStatus: 'ok' | 'invalid' | 'missing' | 'unreadable';
    /** False when neither the state directory nor the config exists. */
    readonly homeFound: boolean;
  };
  readonly summary: Summary;
  readonly findings: readonly Finding[];
  readonly suppressedFindings?: readonly SuppressedFinding[];
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly coverage: { readonly checks: readonly CheckOutcome[]; readonly gaps: readonly CoverageGap[] };
  readonly secretDiagnostics: readonly string[];
  /** Present with `--deep`. */
  readonly deep?: Json;
}
