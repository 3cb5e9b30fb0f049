import type { ExposureReport } from './exposure.ts';
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

/** A suppression that suppresses nothing. */
export interface IdleSuppression {
  readonly id: string;
  readonly at?: string;
  readonly owner?: string;
  readonly expires?: string;
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
  /** Suppressions of ours that did nothing; present when some were given. */
  readonly suppressions?: {
    readonly expired: readonly IdleSuppression[];
    readonly unused: readonly IdleSuppression[];
  };
  /** Present when compared with a baseline; counts of findings that are new, worse, known, and of those that are gone. */
  readonly baseline?: { readonly new: number; readonly worse: number; readonly known: number; readonly gone: number };
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly coverage: { readonly checks: readonly CheckOutcome[]; readonly gaps: readonly CoverageGap[] };
  readonly secretDiagnostics: readonly string[];
  /** Present with `--deep`. */
  readonly deep?: Json;
  /** Present in reports that show paths. */
  readonly exposure?: ExposureReport;
}
