/** How bad a finding is; the three words of `openclaw security audit` (2026.3.7 and 2026.9.6). */
export type Severity = 'critical' | 'warn' | 'info';

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['critical', 'warn', 'info'];

/** Higher is worse: critical 3, warn 2, info 1. */
export function severityRank(severity: Severity): number {
  return 3 - SEVERITIES.indexOf(severity);
}

/** How sure a check is that what it reports is real. */
export type Confidence = 'high' | 'medium' | 'low';
