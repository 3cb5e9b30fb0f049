import type { Report } from '../core/report.ts';
import { jsonText } from '../core/text.ts';

/** The report as JSON with two spaces and one line end, the way `openclaw security audit --json` prints it. */
export function renderJson(report: Report): string {
  return `${jsonText(report, 2)}\n`;
}
