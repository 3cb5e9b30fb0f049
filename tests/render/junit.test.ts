import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import { renderJunit } from '../../src/render/junit.ts';
import { emptyReport, finding, HOSTILE, hostileReport, RAW } from './reports.ts';
import { parseXml, type XmlElement } from './xml.ts';

/** What readers of JUnit XML agree on: the children and attributes of each element, and which must be there. */
const GRAMMAR: Record<string, { children: string[]; required: string[]; optional: string[] }> = {
  testsuites: { children: ['testsuite'], required: [], optional: ['name', 'tests', 'failures', 'errors', 'time'] },
  testsuite: {
    children: ['testcase'],
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['skipped', 'time', 'timestamp'],
  },
  testcase: {
    children: ['skipped', 'error', 'failure', 'system-out'],
    required: ['name', 'classname'],
    optional: ['time'],
  },
  skipped: { children: [], required: [], optional: ['message'] },
  error: { children: [], required: [], optional: ['type', 'message'] },
  failure: { children: [], required: [], optional: ['type', 'message'] },
  'system-out': { children: [], required: [], optional: [] },
};

function checkGrammar(element: XmlElement): void {
  const rule = GRAMMAR[element.name]!;
  const given = Object.keys(element.attributes);
  expect(given).toEqual(expect.arrayContaining(rule.required));
  for (const name of given) expect([...rule.required, ...rule.optional]).toContain(name);
  for (const child of element.children) {
    expect(rule.children).toContain(child.name);
    checkGrammar(child);
  }
  if (rule.children.length > 0) expect(element.text.trim()).toBe('');
}

/** Counts what a suite says it has. */
function checkCounts(element: XmlElement): void {
  const cases = element.name === 'testsuite' ? element.children : element.children.flatMap((s) => s.children);
  const having = (name: string) => cases.filter((c) => c.children.some((e) => e.name === name)).length;
  const { tests, failures, errors, skipped } = element.attributes;
  expect([tests, failures, errors]).toEqual([String(cases.length), String(having('failure')), String(having('error'))]);
  if (skipped !== undefined) expect(skipped).toBe(String(having('skipped')));
}

function parsed(report: Report) {
  const text = renderJunit(report, { baseDir: '/home/u' });
  expect(text).not.toMatch(RAW);
  const root = parseXml(text);
  checkGrammar(root);
  checkCounts(root);
  for (const suite of root.children) {
    checkCounts(suite);
    expect(suite.attributes.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  }
  const cases = new Map(root.children.flatMap((s) => s.children).map((c) => [c.attributes.name!, c]));
  return { root, cases, ending: (name: string) => cases.get(name)?.children[0] };
}

describe('JUnit', () => {
  test('an area is a suite and a check is a case, ended as the check ended', () => {
    const base = emptyReport();
    const { root, ending } = parsed({
      ...base,
      findings: [finding(1), finding(2), finding(3, { checkId: 'channels.irc.dm.locked', severity: 'info' })],
      suppressedFindings: [
        { ...finding(4, { checkId: 'hooks.path_root' }), suppression: { source: 'flag', reason: 'behind a proxy' } },
      ],
      coverage: {
        checks: [
          { checkId: 'gateway.bind_no_auth', outcome: 'fail' },
          { checkId: 'gateway.probe_failed', outcome: 'skipped', reason: 'needs --deep' },
          {
            checkId: 'gateway.token_too_short',
            outcome: 'unknown',
            reason: '${T} is not set',
            at: 'gateway.auth.token',
          },
          { checkId: 'channels.<provider>.dm.locked', outcome: 'fail' },
          { checkId: 'channels.irc.tls_off', outcome: 'not-applicable', reason: 'IRC is not configured' },
          { checkId: 'hooks.path_root', outcome: 'fail' },
          { checkId: 'logging.redact_off', outcome: 'pass' },
          { checkId: 'models.legacy', outcome: 'error', reason: 'the check failed: x' },
          { checkId: 'tools.elevated', outcome: 'fail' },
        ],
        gaps: [],
      },
    });
    expect(root.children.map((s) => s.attributes.name)).toEqual([
      'gateway',
      'channels',
      'hooks',
      'logging',
      'models',
      'tools',
    ]);
    expect(ending('gateway.bind_no_auth')).toMatchObject({
      name: 'failure',
      attributes: {
        type: 'critical',
        message: 'Gateway reachable from other machines without authentication (2 findings)',
      },
      text: expect.stringContaining('at .openclaw/openclaw.json:3:5 gateway.bind'),
    });
    expect(ending('gateway.probe_failed')).toMatchObject({ attributes: { message: 'skipped: needs --deep' } });
    expect(ending('gateway.token_too_short')).toMatchObject({
      name: 'skipped',
      attributes: { message: 'unknown: ${T} is not set (gateway.auth.token)' },
    });
    expect(ending('channels.<provider>.dm.locked')?.name).toBe('system-out');
    expect(ending('channels.irc.tls_off')?.name).toBe('skipped');
    expect(ending('hooks.path_root')).toMatchObject({
      name: 'skipped',
      attributes: { message: 'suppressed: behind a proxy' },
    });
    expect(ending('logging.redact_off')).toBeUndefined();
    expect(ending('models.legacy')).toMatchObject({
      name: 'error',
      attributes: { message: 'error: the check failed: x' },
    });
    expect(ending('tools.elevated')).toMatchObject({ name: 'skipped' });
  });

  test('a finding whose check is not listed is not lost', () => {
    const { ending } = parsed({ ...emptyReport(), findings: [finding(1, { checkId: 'other.thing' })] });
    expect(ending('other.thing')?.name).toBe('failure');
  });

  test('hostile names stay text: the document is well-formed and has no other element', () => {
    const { root, ending } = parsed(hostileReport());
    const elements = (e: XmlElement): number => 1 + e.children.reduce((n, c) => n + elements(c), 0);
    // Two listed checks with one ending and one without, an error, and an unknown for each name.
    expect(ending('channels.<provider>.dm.open')?.text.split('critical: ').length).toBeGreaterThan(5);
    expect(ending('config.x3')?.attributes.message).toBe(`unknown: ${HOSTILE[3]} (${HOSTILE[3]})`);
    expect(elements(root)).toBeLessThan(4 * HOSTILE.length);
  });
});
