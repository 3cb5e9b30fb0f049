import type { Confidence, Severity } from '../core/severity.ts';

/** Why the collector could not hand over a file's text. */
export type SkipReason = 'too-large' | 'unreadable' | 'not-regular' | 'vanished' | 'too-many' | 'other';

/** One file of a plugin, skill or package, already read. */
export interface ScanFile {
  /** Relative to the root of what is scanned, with `/`. */
  readonly path: string;
  /** Decoded as UTF-8; absent for binary and skipped files. */
  readonly text?: string;
  /** Size on disk. */
  readonly bytes?: number;
  /** True when the first bytes are not text. */
  readonly binary?: boolean;
  readonly skipped?: SkipReason;
  readonly executable?: boolean;
  /** The target of a symbolic link, as written. */
  readonly symlink?: string;
}

/** What the collector did not read, e.g. `{ what: 'lib/', reason: 'permission denied' }`. */
export interface CollectLimit {
  readonly what: string;
  readonly reason: string;
}

/** What is scanned: a directory's files, in any order. Nothing in it is trusted. */
export interface ScanInput {
  readonly kind: 'plugin' | 'skill' | 'package';
  readonly name: string;
  readonly files: readonly ScanFile[];
  /** Entry files that the host loads, relative; beside those of package.json, which the scan reads itself. */
  readonly entries?: readonly string[];
  /** The parsed `openclaw.plugin.json`, when the caller has it; otherwise it is read from `files`. */
  readonly manifest?: unknown;
  readonly limits?: readonly CollectLimit[];
}

/** One place on the way from where a value comes from to where it ends. */
export interface ScanFlowStep {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** What happens here, without any secret in it. */
  readonly what: string;
}

/**
 * What kind of file a finding lies in. `shipped`: loaded, or possibly loaded, by the host. `test`, `vendored` and
 * `unreachable` files are not loaded as far as the code shows; their findings weigh one step less.
 */
export type FileClass = 'shipped' | 'test' | 'vendored' | 'unreachable';

/** One thing the scan found. */
export interface ScanFinding {
  /** OpenClaw's rule id where the behaviour is the same (2026.3.7 and 2026.9.6), else an own one. */
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  /** From source to sink; the last step is where it happens. Never empty. */
  readonly steps: readonly ScanFlowStep[];
  readonly class: FileClass;
}

/**
 * `incomplete`: no critical finding, and something that could hold one was not analysed (see `limits`). It stands above
 * `warn`, so that a decoy warning cannot stand in for what a limit hides.
 */
export type ScanVerdict = 'critical' | 'incomplete' | 'warn' | 'info' | 'clean';

/** How much was looked at. */
export interface ScanCounts {
  readonly files: number;
  readonly bytes: number;
  /** Source files that were parsed and followed value by value. */
  readonly parsed: number;
  /** Source files with a syntax error; they were scanned token by token. */
  readonly unparsable: number;
}

/** The result of one scan: plain JSON, the same for the same input. */
export interface ScanResult {
  readonly verdict: ScanVerdict;
  /** Worst first, then by file, line and rule. */
  readonly findings: readonly ScanFinding[];
  /** What was not analysed and why, one sentence each. Empty when everything was. */
  readonly limits: readonly string[];
  readonly counts: ScanCounts;
}

/** A node of an ESTree-like syntax tree; offsets count UTF-16 units. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** The dialect a source file is parsed as. */
export type ScriptLanguage = 'js' | 'jsx' | 'ts' | 'tsx';

/** A tree, or why there is none. */
export type ParseOutcome =
  | { readonly ok: true; readonly program: SyntaxNode }
  | { readonly ok: false; readonly reason: string };

/** Turns JavaScript or TypeScript text into an ESTree program. It never throws. See `parsers/`. */
export type ScriptParser = (text: string, language: ScriptLanguage) => ParseOutcome;
