import type { Declined, FindingName } from './fix-plan.ts';

/** What was done about the mode of one path; field names of `openclaw security audit --fix --json`. */
export interface ModeAction {
  readonly kind: 'chmod';
  readonly path: string;
  /** Permission bits as a decimal number: 448 is 0700. */
  readonly mode: number;
  /** True when it was changed. */
  readonly ok: boolean;
  readonly skipped?: string;
  readonly error?: string;
}

/** The outcome of a fix; the first seven fields are those of `openclaw security audit --fix --json`. */
export interface FixResult {
  readonly ok: boolean;
  readonly stateDir: string;
  readonly configPath: string;
  readonly configWritten: boolean;
  /** `channels.telegram.groupPolicy=open -> allowlist` */
  readonly changes: readonly string[];
  readonly actions: readonly ModeAction[];
  readonly errors: readonly string[];
  /** Nothing was written, because nobody asked for it. */
  readonly dryRun?: true;
  /** The transaction, for `undo`. Absent when nothing was changed. */
  readonly id?: string;
  /** Where `undo` finds it. */
  readonly journal?: string;
  /** What stays as it is, and why. */
  readonly declined: readonly Declined[];
  readonly notes: readonly string[];
  readonly sideEffects: readonly string[];
  readonly resolved: readonly FindingName[];
}
