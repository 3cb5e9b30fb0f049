import type { Finding } from '../core/finding.ts';
import type { Report } from '../core/report.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import { plural } from '../core/text.ts';
import { githubData, githubProperty } from './escape.ts';
import { pathsPhrase } from './exposure-words.ts';
import { isVariable, type PlaceOptions, placeText, relativePath, slashes } from './place.ts';

const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  critical: 'error',
  warn: 'warning',
  info: 'notice',
};

/** GitHub shows so many annotations of each level of a step and drops the others without a word. */
const SHOWN_PER_LEVEL = 10;
/** It cuts a longer message. */
const MESSAGE_LENGTH = 2000;

/** Workflow commands that annotate the files of a pull request. What is beyond GitHub's limits is counted in the log. */
export function renderGithub(report: Report, options: PlaceOptions = {}): string {
  const lines: string[] = [];
  for (const severity of SEVERITIES) {
    const all = report.findings.filter((f) => f.severity === severity);
    for (const f of all.slice(0, SHOWN_PER_LEVEL)) lines.push(annotation(f, options));
    const rest = all.length - SHOWN_PER_LEVEL;
    if (rest > 0)
      lines.push(`${rest} more of level ${LEVEL[severity]} not annotated: GitHub shows ${SHOWN_PER_LEVEL}.`);
  }
  const { critical, warn, info } = report.summary;
  const open = report.outcomes.unknown + report.outcomes.error + report.coverage.gaps.length;
  const paths = report.exposure ? `; ${pathsPhrase(report.exposure)}` : '';
  lines.push(
    `${report.tool.name}: ${critical} critical, ${plural(warn, 'warning')}, ${plural(info, 'note')}; ${open} not known${paths}.`,
  );
  return `${lines.join('\n')}\n`;
}

function annotation(finding: Finding, options: PlaceOptions): string {
  const [place] = finding.locations;
  const properties = [`title=${githubProperty(`${finding.title} (${finding.checkId})`)}`];
  if (place && !isVariable(place)) {
    const file = relativePath(place.file, options) ?? slashes(place.file);
    const { line, column, endLine, endColumn } = place;
    // Columns count only where the place is on one line.
    const oneLine = endLine === undefined || endLine === line;
    properties.unshift(
      `file=${githubProperty(file)}`,
      ...(line === undefined ? [] : [`line=${line}`]),
      ...(endLine === undefined ? [] : [`endLine=${endLine}`]),
      ...(column === undefined || !oneLine ? [] : [`col=${column}`]),
      ...(endColumn === undefined || !oneLine ? [] : [`endColumn=${endColumn}`]),
    );
  }
  const where = place ? `${placeText(place, options)}: ` : '';
  const next = finding.remediation ? ` Next: ${finding.remediation}` : '';
  return `::${LEVEL[finding.severity]} ${properties.join(',')}::${githubData(`${where}${finding.detail}${next}`, MESSAGE_LENGTH)}`;
}
