import type { CheckOutcome, Finding } from '../core/finding.ts';
import type { Report, SuppressedFinding } from '../core/report.ts';
import { checkFinder } from '../core/rule.ts';
import { SEVERITIES } from '../core/severity.ts';
import { plural } from '../core/text.ts';
import { xml } from './escape.ts';
import { type PlaceOptions, placeText } from './place.ts';

/** How a test case ended. */
type Ending = 'passed' | 'failure' | 'error' | 'skipped';

interface TestCase {
  readonly check: string;
  readonly ending: Ending;
  readonly body: string;
}

/**
 * The report as JUnit XML: an area is a suite, a check is a case. Critical findings and warnings fail it; one that only
 * notes something passes, with the note as its output; what was not judged is skipped and says why.
 */
export function renderJunit(report: Report, options: PlaceOptions = {}): string {
  const cases = testCases(report, options);
  const areas = new Map<string, TestCase[]>();
  for (const c of cases) {
    const area = c.check.split('.')[0]!;
    const list = areas.get(area);
    if (list) list.push(c);
    else areas.set(area, [c]);
  }
  const timestamp = new Date(report.ts).toISOString().slice(0, 19);
  const out = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(report.tool.name)}" ${counts(cases)}>`,
  ];
  for (const [area, list] of areas) {
    out.push(
      `  <testsuite name="${xml(area)}" ${counts(list)} skipped="${list.filter((c) => c.ending === 'skipped').length}" time="0" timestamp="${timestamp}">`,
    );
    for (const c of list) {
      const open = `    <testcase classname="${xml(area)}" name="${xml(c.check)}" time="0"`;
      out.push(c.body === '' ? `${open}/>` : `${open}>\n${c.body}\n    </testcase>`);
    }
    out.push('  </testsuite>');
  }
  out.push('</testsuites>');
  return `${out.join('\n')}\n`;
}

function counts(cases: readonly TestCase[]): string {
  const count = (ending: Ending) => cases.filter((c) => c.ending === ending).length;
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}"`;
}

function testCases(report: Report, options: PlaceOptions): TestCase[] {
  const { checks } = report.coverage;
  const checkOf = checkFinder(checks.map((c) => c.checkId));
  const findings = byCheck(report.findings, checkOf);
  const accepted = byCheck(report.suppressedFindings ?? [], checkOf);
  const known = new Set(checks.map((c) => c.checkId));
  // Every finding is in the document, also one of a check that is not listed.
  const others = [...findings.keys()]
    .filter((id) => !known.has(id))
    .map((checkId): CheckOutcome => ({ checkId, outcome: 'fail' }));
  return [...checks, ...others].map((c) =>
    testCase(c, findings.get(c.checkId) ?? [], accepted.get(c.checkId) ?? [], options),
  );
}

function byCheck<F extends Finding>(
  findings: readonly F[],
  checkOf: (id: string) => string | undefined,
): Map<string, F[]> {
  const map = new Map<string, F[]>();
  for (const f of findings) {
    const id = checkOf(f.checkId) ?? f.checkId;
    map.set(id, [...(map.get(id) ?? []), f]);
  }
  return map;
}

function testCase(
  { checkId: check, outcome, reason, at }: CheckOutcome,
  findings: readonly Finding[],
  accepted: readonly SuppressedFinding[],
  options: PlaceOptions,
): TestCase {
  const why = `${outcome}: ${reason ?? 'no reason given'}${at ? ` (${at})` : ''}`;
  const text = findings.map((f) => findingText(f, options)).join('\n\n');
  const worst = SEVERITIES.find((s) => findings.some((f) => f.severity === s));
  if (worst === 'critical' || worst === 'warn') {
    const title = findings.find((f) => f.severity === worst)!.title;
    const more = findings.length > 1 ? ` (${plural(findings.length, 'finding')})` : '';
    return {
      check,
      ending: 'failure',
      body: `      <failure type="${worst}" message="${xml(`${title}${more}`)}">${text}</failure>`,
    };
  }
  if (worst === 'info') return { check, ending: 'passed', body: `      <system-out>${text}</system-out>` };
  if (accepted.length > 0) {
    const reasons = accepted.map((f) => f.suppression.reason ?? 'no reason given');
    return { check, ending: 'skipped', body: skipped(`suppressed: ${reasons.join('; ')}`) };
  }
  if (outcome === 'error')
    return { check, ending: 'error', body: `      <error type="error" message="${xml(why)}"></error>` };
  if (outcome === 'pass') return { check, ending: 'passed', body: '' };
  if (outcome === 'fail') return { check, ending: 'skipped', body: skipped('its findings were not asked for') };
  return { check, ending: 'skipped', body: skipped(why) };
}

function skipped(message: string): string {
  return `      <skipped message="${xml(message)}"/>`;
}

function findingText(f: Finding, options: PlaceOptions): string {
  return [
    `${f.severity}: ${f.title} (${f.checkId})`,
    ...f.locations.slice(0, 5).map((l) => `at ${placeText(l, options)}${l.keyPath ? ` ${l.keyPath}` : ''}`),
    f.detail,
    `Why: ${f.why}`,
    ...(f.remediation ? [`Next: ${f.remediation}`] : []),
  ]
    .map((line) => xml(line))
    .join('\n');
}
