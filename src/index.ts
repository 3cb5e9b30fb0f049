import { collect, type CollectOptions } from './collect/collect.ts';
import type { Report } from './core/report.ts';
import { type DocumentFormat, type DocumentOptions, renderDocument } from './formats.ts';
import { renderJson } from './render/json.ts';
import { renderText, type TextOptions } from './render/text.ts';

export { auditSnapshot as audit, type AuditRequest } from './audit.ts';
export { collect, type CollectOptions };
export { toPortable, parseSnapshot } from './collect/portable.ts';
export type { CheckOutcome, Finding, Location, Outcome } from './core/finding.ts';
export type { Report, Summary, SuppressedFinding } from './core/report.ts';
export type { Snapshot } from './core/snapshot.ts';

/** The forms a report can take. */
export type Format = 'text' | DocumentFormat;

/** How a report is put: `columns`, `color` and the like for text, `baseDir` and `snapshot` for the other forms. */
export type RenderOptions = Partial<TextOptions> & DocumentOptions;

/** Puts a report into words or JSON, at once. */
export function render(report: Report, format: 'text' | 'json', options?: RenderOptions): string;
/** Puts a report into any form; what the form takes is loaded when it is asked for. Text and JSON come at once. */
export function render(report: Report, format: Format, options?: RenderOptions): string | Promise<string>;
export function render(report: Report, format: Format, options: RenderOptions = {}): string | Promise<string> {
  if (format === 'text') return renderText(report, { columns: 80, color: false, ...options });
  return format === 'json' ? renderJson(report) : renderDocument(format, report, options);
}
