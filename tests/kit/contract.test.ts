import { describe, expect, it } from 'vitest';
import { ALL_CASES } from '../../src/checks/all-cases.ts';
import { CHECKS } from '../../src/checks/registry.ts';
import type { Case, FailingCase } from '../../src/core/cases.ts';
import type { Check } from '../../src/core/check.ts';
import type { Finding } from '../../src/core/finding.ts';
import { formatRef } from '../../src/core/ref.ts';
import { eraForVersion, loadSchemaTable } from '../../src/config/schema/tables.ts';
import { audit as auditWith } from '../../src/engine/audit.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';
import type { Model } from '../../src/model/model.ts';
import { renderJson } from '../../src/render/json.ts';
import { renderText } from '../../src/render/text.ts';
import { expectFixed, offersConfigFix } from './fix-case.ts';
import { CANARY, scenario } from './scenario.ts';

const tables = {
  '2026.3.7': await loadSchemaTable('2026.3.7'),
  '2026.9.6': await loadSchemaTable('2026.9.6'),
};

function audit(snapshot: Snapshot, options: { toolVersion: string; checks: readonly Check<Model>[] }) {
  const era = eraForVersion(snapshot.openclaw.requested ?? '2026.9.6').era;
  return auditWith(snapshot, { ...options, schemaTable: tables[era] });
}

function tableOf(c: Case) {
  return tables[eraForVersion(scenario(c).openclaw.requested ?? '2026.9.6').era];
}

const byId = new Map(ALL_CASES.map((c) => [c.id, c]));

function auditCase(check: Check<Model>, c: Case) {
  const snapshot = scenario(c);
  const before = JSON.stringify(snapshot);
  const report = audit(snapshot, { toolVersion: 'test', checks: [check] });
  expect(JSON.stringify(snapshot), 'the check changed the snapshot').toBe(before);
  return { snapshot, report, outcome: report.coverage.checks[0]! };
}

function idMatches(pattern: string, id: string): boolean {
  const regex = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/<\w+>/g, '[^\\s]+');
  return new RegExp(`^${regex}$`).test(id);
}

describe.each(CHECKS.map((c) => [c.id, c] as const))('%s', (id, check) => {
  const cases = byId.get(id);

  it('has cases under its own id, and words that say something', () => {
    expect(cases, `no cases for ${id}`).toBeDefined();
    expect(check.title.length).toBeGreaterThan(10);
    expect(check.title.split(' ').length, 'title is too long').toBeLessThanOrEqual(14);
    expect(check.title).not.toMatch(/[.!]$/);
    expect(check.why).toMatch(/[.!`)]$/);
    expect(check.remedy).toMatch(/[.!`)]$/);
    expect(check.remedy.length).toBeGreaterThan(20);
    expect(check.since).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Object.keys(check.variants).length).toBeGreaterThan(0);
  });

  it('covers pass, near miss and every variant', () => {
    const expected = new Set(cases!.fail.flatMap((c) => c.expect.map((e) => e.variant)));
    expect([...expected].sort()).toEqual(Object.keys(check.variants).sort());
    if (cases!.unconditional) return;
    expect(cases!.pass?.length, 'no passing case').toBeGreaterThan(0);
    expect(cases!.near?.length, 'no near miss').toBeGreaterThan(0);
    const names = [...cases!.fail, ...cases!.pass!, ...cases!.near!, ...(cases!.unknown ?? [])].map((c) => c.name);
    expect(new Set(names).size, 'two cases have the same name').toBe(names.length);
  });

  it.each(cases?.fail.map((c) => [c.name, c] as const) ?? [])('fails: %s', (_, c) => {
    const { snapshot, report, outcome } = auditCase(check, c);
    expect(outcome, outcome.reason).toMatchObject({ outcome: 'fail' });
    const got = report.findings.map((f) => describeFinding(f, c));
    const want = c.expect.map((e, i) => ({
      variant: e.variant,
      at: e.at === undefined ? got[i]?.at : scenarioPath(e.at),
      ...(e.id ? { id: e.id } : {}),
      ...(e.severity ? { severity: e.severity } : {}),
    }));
    expect(got.map((g, i) => pick(g, want[i] ?? {}))).toEqual(want);
    for (const f of report.findings) {
      expect(idMatches(id, f.checkId), `${f.checkId} does not follow ${id}`).toBe(true);
      expect(f.detail + f.title + f.why + (f.remediation ?? ''), 'an unfilled placeholder').not.toMatch(/\{[a-z]\w*\}/);
      expect(f.detail.trim()).not.toBe('');
      const place = f.locations[0]!;
      if (f.refs[0]!.kind === 'key' && c.config !== undefined)
        expect(place.line, 'the primary place has no line').toBeGreaterThan(0);
    }
    const again = audit(scenario(c), { toolVersion: 'test', checks: [check] });
    expect(JSON.stringify(again.findings)).toBe(JSON.stringify(report.findings));
    for (const text of [renderJson(report), renderText(report, { columns: 80, color: false, verbose: true })])
      expect(text.includes(CANARY), 'a secret reached the output').toBe(false);
    expect(snapshot.format).toBe('openclaw-security.snapshot');
  });

  it.each(cases?.fail.filter((c) => c.after !== undefined).map((c) => [c.name, c] as const) ?? [])(
    'is fixed: %s',
    (_, c) => {
      expectFixed(check, c, tableOf(c));
    },
  );

  it('states the config after its fix, exactly when it has one', () => {
    const offers = cases!.fail.filter((c) => offersConfigFix(check, c, tableOf(c)));
    const states = cases!.fail.filter((c) => c.after !== undefined);
    expect(states.length > 0, 'a failing case needs `after`').toBe(offers.length > 0);
    expect(states.filter((c) => !offers.includes(c)).map((c) => c.name)).toEqual([]);
  });

  it.each([...(cases?.pass ?? []), ...(cases?.near ?? [])].map((c) => [c.name, c] as const))('passes: %s', (_, c) => {
    const { report, outcome } = auditCase(check, c);
    expect(report.findings.map((f) => `${f.checkId} ${f.detail}`)).toEqual([]);
    expect(['pass', 'not-applicable'], outcome.reason).toContain(outcome.outcome);
  });

  it.each(cases?.unknown?.map((c) => [c.name, c] as const) ?? [])('cannot tell: %s', (_, c) => {
    const { outcome } = auditCase(check, c);
    expect(outcome.outcome).toBe('unknown');
    expect(outcome.reason).not.toContain(CANARY);
  });

  it.each(cases?.notApplicable?.map((c) => [c.name, c] as const) ?? [])('does not apply: %s', (_, c) => {
    expect(auditCase(check, c).outcome.outcome).toBe('not-applicable');
  });
});

function describeFinding(f: Finding, _: FailingCase) {
  return { variant: f.variant, at: formatRef(f.refs[0]!), id: f.checkId, severity: f.severity };
}

function scenarioPath(at: string): string {
  return at.replace(/^~state\b/, '/home/u/.openclaw').replace(/^~home\b/, '/home/u');
}

function pick(from: Record<string, unknown>, like: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(like).map((k) => [k, from[k]]));
}

describe('the set of checks', () => {
  it('has no id twice', () => {
    const ids = CHECKS.map((c) => c.id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  it('never reports on an empty private home what is not there', () => {
    const report = audit(
      scenario({ name: 'private', config: '{ gateway: { auth: { token: "Zk3vQ8tLx2Wm9RbYh5Nc7Pd4" } } }' }),
      {
        toolVersion: 'test',
        checks: CHECKS,
      },
    );
    expect(report.coverage.checks.filter((c) => c.outcome === 'error')).toEqual([]);
    expect(report.findings.filter((f) => f.severity === 'critical').map((f) => f.checkId)).toEqual([]);
  });
});
