import { severityRank } from '../../src/core/severity.ts';
import type { RawFinding } from '../../src/scan/findings.ts';

/** What to show when a text is judged otherwise than expected: the findings at warn or above. */
export function alarms(findings: readonly RawFinding[]): string[] {
  return findings
    .filter((f) => severityRank(f.severity) >= severityRank('warn'))
    .map((f) => `${f.severity} ${f.rule}: ${f.message}`);
}

/** `critical rule`, `warn rule` of every finding at warn or above, once each. */
export function alarmRules(findings: readonly RawFinding[]): string[] {
  return [...new Set(findings.filter((f) => f.severity !== 'info').map((f) => `${f.severity} ${f.rule}`))];
}

/** The text in base64, as a script would hold it. */
export function base64(text: string, encoding: BufferEncoding = 'utf8'): string {
  return Buffer.from(text, encoding).toString('base64');
}
