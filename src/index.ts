import { collect, type CollectOptions } from './collect/collect.ts';
import type { Report } from './core/report.ts';
import { renderJson } from './render/json.ts';
import { renderText, type TextOptions } from './render/text.ts';

export { auditSnapshot as audit, type AuditRequest } from './audit.ts';
export { collect, type CollectOptions };
export { toPortable, parseSnapshot } from './collect/portable.ts';
export type { CheckOutcome, Finding, Location, Outcome } from './core/finding.ts';
export type { Report, Summary, SuppressedFinding } from './core/report.ts';
export type { Snapshot } from './core/snapshot.ts';

/** The forms a report can take. */
export type Format = 'text' | 'json';

/** Puts a report into words or JSON. */
export function render(report: Report, format: Format, options: Partial<TextOptions> = {}): string {
  return format === 'json' ? renderJson(report) : renderText(report, { columns: 80, color: false, ...options });
}
