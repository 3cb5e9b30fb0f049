import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { auditSnapshot } from '../../src/audit.ts';
import { ALL_CASES } from '../../src/checks/all-cases.ts';
import { collect } from '../../src/collect/collect.ts';
import { toPortable } from '../../src/collect/portable.ts';
import { snapshotProblem } from '../../src/collect/snapshot-shape.ts';
import type { ScanReport } from '../../src/core/scan-report.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';
import type { AuditRequest } from '../../src/audit.ts';
import { makeBaseline } from '../../src/engine/baseline.ts';
import { renderJson } from '../../src/render/json.ts';
import { materialize, type RecordedHome } from '../kit/materialize.ts';
import { HARDENED_HOME, runProgram, UNSAFE_HOME } from '../kit/program.ts';
import { scenario } from '../kit/scenario.ts';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'openclaw-security-schema-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const root = join(import.meta.dirname, '../..');
const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
const compile = (name: string) => ajv.compile(JSON.parse(readFileSync(join(root, 'schemas', name), 'utf8')));
const isReport = compile('report.schema.json');
const isSnapshot = compile('snapshot.schema.json');
const isScan = compile('scan.schema.json');

function expectValid(validate: typeof isReport, text: string, what: string): void {
  validate(JSON.parse(text));
  expect(validate.errors ?? [], what).toEqual([]);
}

async function expectPublishable(snapshot: Snapshot, what: string, request: AuditRequest = {}): Promise<void> {
  expectValid(isReport, renderJson(await auditSnapshot(snapshot, request)), `report of ${what}`);
  const portable = JSON.stringify(toPortable(snapshot));
  expectValid(isSnapshot, portable, `snapshot of ${what}`);
  expect(snapshotProblem(JSON.parse(portable)), `snapshot of ${what}`).toBeUndefined();
}

describe('the published schemas', () => {
  it('refuse what is no report and no snapshot', () => {
    const report = JSON.parse(runProgram(['audit', '--json'], { env: { HOME: UNSAFE_HOME } }).out);
    expect(isReport(report)).toBe(true);
    for (const wrong of [
      {},
      { ...report, extra: 1 },
      { ...report, schemaVersion: 2 },
      { ...report, summary: { critical: 1 } },
      { ...report, findings: [{}] },
      { ...report, findings: [{ ...report.findings[0], severity: 'fatal' }] },
      { ...report, findings: [{ ...report.findings[0], secret: 'x' }] },
      { ...report, target: { ...report.target, configStatus: 'fine' } },
    ])
      expect(isReport(wrong)).toBe(false);
    for (const wrong of [{}, report, { format: 'openclaw-security.snapshot', formatVersion: 1 }])
      expect(isSnapshot(wrong)).toBe(false);
  });

  it('hold for what scan prints', () => {
    const dir = join(scratch, 'package');
    mkdirSync(dir);
    writeFileSync(join(dir, 'a.js'), `import { exec } from 'node:child_process'; exec(process.argv[2]);`);
    const text = runProgram(['scan', '--json', '--fail-on', 'never', dir, join(dir, 'a.js')]).out;
    expectValid(isScan, text, 'scan');
    const [found] = (JSON.parse(text) as ScanReport).scans;
    expect(found!.findings).not.toEqual([]);
    for (const wrong of [{}, { ...found }, { ...JSON.parse(text), scans: [{ ...found, extra: 1 }] }])
      expect(isScan(wrong)).toBe(false);
    const snapshot = { ...scenario({ name: 'code' }), code: [found!] };
    expect(snapshotProblem(JSON.parse(JSON.stringify(toPortable(snapshot))))).toBeUndefined();
    for (const wrong of [{ findings: [{}] }, { verdict: 'fine' }, { limits: 'none' }]) {
      const broken = { ...snapshot, code: [{ ...found!, ...wrong }] } as unknown as Snapshot;
      expect(snapshotProblem(JSON.parse(JSON.stringify(toPortable(broken))))).toMatch(/^code\[0\]/);
    }
  });

  it('hold for what the built program prints', () => {
    for (const home of [UNSAFE_HOME, HARDENED_HOME, '/nonexistent']) {
      for (const args of [
        [],
        ['--openclaw-version', '2026.9.6'],
        ['--only', 'hooks'],
        ['--suppress', 'hooks.token_too_short=known', '--suppress', 'hooks.nothing=gone'],
      ])
        expectValid(isReport, runProgram(['audit', '--json', ...args], { env: { HOME: home } }).out, `${home} ${args}`);
      expectValid(isSnapshot, runProgram(['snapshot'], { env: { HOME: home } }).out, home);
    }
  });

  it('hold with suppressions and a baseline', async () => {
    const snapshot = await collect({ env: { HOME: UNSAFE_HOME }, cwd: '/', osHomeDir: UNSAFE_HOME });
    const { findings } = await auditSnapshot(snapshot);
    await expectPublishable(snapshot, 'the unsafe home', {
      baseline: makeBaseline(findings.slice(3)),
      suppressions: [
        { id: 'hooks.token_too_short', reason: 'known', owner: 'kim', expires: '2099-01-01', source: 'file' },
        { id: 'hooks.token_missing', reason: 'known', source: 'flag' },
        { id: 'gateway.token_too_short', at: 'gateway.*', reason: 'known', expires: '2020-01-01', source: 'file' },
      ],
    });
  });

  it('hold for every case of every check', async () => {
    for (const { id, fail, pass = [], near = [], unknown = [], notApplicable = [] } of ALL_CASES)
      for (const c of [...fail, ...pass, ...near, ...unknown, ...notApplicable])
        await expectPublishable(scenario(c), `${id}: ${c.name}`, { only: [id] });
  });

  const cases = join(root, 'tests/conformance/cases');
  it.each(readdirSync(cases).filter((f) => f.endsWith('.json')))('hold for the recorded homes of %s', async (file) => {
    const homes = JSON.parse(readFileSync(join(cases, file), 'utf8')) as Record<
      string,
      RecordedHome & { reference: string }
    >;
    for (const [name, home] of Object.entries(homes)) {
      const laid = materialize(home, join(scratch, file, name));
      const snapshot = await collect({
        env: laid.env,
        cwd: laid.cwd,
        osHomeDir: laid.home,
        openclawVersion: home.reference,
      });
      await expectPublishable(snapshot, name, { exposure: true });
      rmSync(laid.root, { recursive: true, force: true });
    }
  });
});
