import type { Report } from '../core/report.ts';

/** The report as JSON with two spaces and one line end, the way `openclaw security audit --json` prints it. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
