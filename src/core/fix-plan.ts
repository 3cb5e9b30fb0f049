/** One config key that a plan changes, ready to show: no secret in it. */
export interface PlannedKey {
  readonly key: string;
  /** The file in which it is changed. */
  readonly file: string;
  /** `channels.telegram.groupPolicy=open -> allowlist`, the words of OpenClaw's own fixer. */
  readonly change: string;
  /** Imperative, e.g. `Close the group policy`. */
  readonly title: string;
  /** What stops working or changes, in plain words. */
  readonly sideEffect?: string;
}

/** One file or directory that loses permission bits. */
export interface PlannedMode {
  readonly path: string;
  /** Permission bits before and after, setuid, setgid and sticky included. */
  readonly from: number;
  readonly to: number;
  readonly dir: boolean;
}

/** Something that stays as it is, and why. */
export interface Declined {
  readonly what: string;
  readonly reason: string;
}

/** A finding by name. */
export interface FindingName {
  readonly checkId: string;
  readonly severity: string;
  readonly title: string;
  readonly fingerprint: string;
  /** Key or file. */
  readonly at: string;
}

/** What the audit says after the plan, compared with what it says now. */
export interface Prediction {
  readonly resolves: readonly FindingName[];
  readonly introduces: readonly FindingName[];
  readonly leaves: readonly FindingName[];
}

/** A unified diff of one file, secrets masked. */
export interface FileDiff {
  readonly file: string;
  readonly text: string;
}

/** A remedy that is not part of the plan: for a person to choose. */
export interface OpenRemedy {
  readonly finding: FindingName;
  readonly title: string;
  readonly safety: 'safe' | 'unsafe' | 'manual';
  readonly sideEffect?: string;
  /** What to run, ready to copy. */
  readonly commands: readonly string[];
  /** What `fix apply` would write. */
  readonly diffs: readonly FileDiff[];
  /** In words, where there is no operation. */
  readonly advice?: string;
  /** Why it cannot be applied as it stands. */
  readonly refused?: string;
}

/** A plan, ready to show: plain JSON, no secret in it. */
export interface FixPlanSummary {
  readonly keys: readonly PlannedKey[];
  readonly modes: readonly PlannedMode[];
  readonly declined: readonly Declined[];
  /** What is left alone on purpose. */
  readonly notes: readonly string[];
  readonly diffs: readonly FileDiff[];
  readonly prediction: Prediction;
}
