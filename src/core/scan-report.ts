import type { CodeScan } from './snapshot.ts';

/** The verdict on code; see `CodeScan`. */
export type CodeVerdict = NonNullable<CodeScan['verdict']>;

/** What `scan --json` prints: plain JSON, without secrets, the same for the same input. */
export interface ScanReport {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'openclaw-security'; readonly version: string };
  /** The worst of all; what was not scanned counts as `incomplete`. */
  readonly verdict: CodeVerdict;
  /** One for each path, in the order given. */
  readonly scans: readonly CodeScan[];
}

const WORST_FIRST: readonly CodeVerdict[] = ['critical', 'incomplete', 'warn', 'info', 'clean'];

/** The worst verdict of several scans; `clean` for none. */
export function worstVerdict(scans: readonly CodeScan[]): CodeVerdict {
  const verdicts = new Set(scans.map((scan) => scan.verdict ?? 'incomplete'));
  return WORST_FIRST.find((verdict) => verdicts.has(verdict)) ?? 'clean';
}
