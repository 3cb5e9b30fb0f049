import type { Severity } from './severity.ts';
import type { ConfigFileError, FileFact, Snapshot } from './snapshot.ts';

/** What a failing case must report. */
export interface Expectation {
  readonly variant: string;
  /** The primary place as text: key path, absolute path or `$NAME`. */
  readonly at?: string;
  /** The full id, where the check's id has a variable part. */
  readonly id?: string;
  readonly severity?: Severity;
}

/** A home as data. Paths may start with `~state/` (the state directory) or `~home/`. */
export interface Case {
  readonly name: string;
  /** JSON5 text of `openclaw.json`; absent: there is no such file. */
  readonly config?: string;
  /** Other config files by path relative to the main one, for `$include`. */
  readonly include?: Readonly<Record<string, string>>;
  /** The config file is there and cannot be read. */
  readonly configError?: ConfigFileError;
  readonly env?: Readonly<Record<string, string>>;
  /** Text of `<state>/.env`. */
  readonly stateEnv?: string;
  /** OpenClaw version; default: the oldest known for era-neutral checks. */
  readonly version?: string;
  /** Named files and their facts, by path; the defaults are a private file of the auditor's user. */
  readonly files?: Readonly<Record<string, Partial<Omit<FileFact, 'path'>>>>;
  /** Parts of the snapshot to put in place of the empty defaults. */
  readonly snapshot?: Partial<Omit<Snapshot, 'config' | 'env' | 'format' | 'formatVersion'>>;
}

/** A case that must fail. */
export interface FailingCase extends Case {
  readonly expect: readonly [Expectation, ...Expectation[]];
  /** Text of `openclaw.json` after this check's fixes were applied; states that there is a config fix. */
  readonly after?: string;
}

/** Cases of one check: data, read by one runner and printed in the docs. */
export interface Cases {
  readonly id: string;
  /** The check reports on every home; there is nothing that passes. */
  readonly unconditional?: true;
  readonly fail: readonly [FailingCase, ...FailingCase[]];
  readonly pass?: readonly Case[];
  /** Nearly the failing thing, and yet fine. */
  readonly near?: readonly Case[];
  readonly unknown?: readonly Case[];
  readonly notApplicable?: readonly Case[];
}

/** The cases of the check `id`. */
export function cases(id: string, of: Omit<Cases, 'id'>): Cases {
  return { id, ...of };
}
