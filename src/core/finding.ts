import type { Fix } from './fix.ts';
import type { Ref } from './ref.ts';
import type { Confidence, Severity } from './severity.ts';

/** A place in a file, ready to show. Lines and columns are 1-based; columns count UTF-16 units. */
export interface Location {
  /** Absolute path on the audited machine, or `$NAME` for an environment variable. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** The config key, when the place is one. */
  readonly keyPath?: string;
  /** False when the key itself is absent and its nearest ancestor is shown. */
  readonly exact: boolean;
  /** Source lines around the place, secrets masked. */
  readonly excerpt?: Excerpt;
}

/** At most two source lines, with the secrets in them masked. */
export interface Excerpt {
  readonly startLine: number;
  readonly lines: readonly string[];
  /** Column span to underline on the line `line` of the location; 1-based, end exclusive. */
  readonly mark?: readonly [start: number, end: number];
}

/** One place on the way of something from where it comes from to where it does harm. */
export interface FlowStep {
  readonly location: Location;
  /** What happens there. */
  readonly text: string;
}

/** One thing that is wrong. The first five fields are those of `openclaw security audit --json`. */
export interface Finding {
  readonly checkId: string;
  readonly severity: Severity;
  readonly title: string;
  readonly detail: string;
  readonly remediation?: string;
  /** Why it matters here. */
  readonly why: string;
  /** Which of the check's variants applied. */
  readonly variant: string;
  readonly confidence: Confidence;
  /** The primary place first. */
  readonly locations: readonly Location[];
  /** Ways from a source to where it does harm, in order; for findings about a way and not a place. */
  readonly flows?: readonly (readonly FlowStep[])[];
  /** The symbolic places behind `locations`, for fix planning and suppressions. */
  readonly refs: readonly Ref[];
  /** Stays the same when lines move: derived from check id, variant and symbolic place. */
  readonly fingerprint: string;
  readonly fixes: readonly Fix[];
  /** How it compares with the baseline, when one was given. */
  readonly baselineState?: 'new' | 'worse' | 'known';
  /** The checkId under which OpenClaw's own audit reports the same thing, where ours is another. */
  readonly referenceId?: string;
}

/** How one check ended. */
export type Outcome = 'pass' | 'fail' | 'unknown' | 'not-applicable' | 'skipped' | 'error';

/** The result of one check, for the coverage part of a report. */
export interface CheckOutcome {
  readonly checkId: string;
  readonly outcome: Outcome;
  /** Why it is unknown, not applicable, skipped or in error; for people. */
  readonly reason?: string;
  /** Where the unknown stands. */
  readonly at?: string;
}
