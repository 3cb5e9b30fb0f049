import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditSnapshot } from '../../src/audit.ts';
import { loadCodeScan } from '../../src/code-scan.ts';
import { collect } from '../../src/collect/collect.ts';
import type { Report } from '../../src/core/report.ts';
import { chownTree, type LaidOutHome, materialize, type RecordedHome } from '../kit/materialize.ts';

interface RecordedCase extends RecordedHome {
  readonly about: string;
  readonly reference: '2026.3.7' | '2026.9.6';
  readonly via: 'cli' | 'function';
  readonly args?: readonly string[];
  readonly runAs?: number;
  readonly findings: readonly string[];
}

const here = import.meta.dirname;
const readJson = (file: string) => JSON.parse(readFileSync(join(here, file), 'utf8'));
const ids = readJson('reference-ids.json') as Record<string, { exact: string[]; patterns: string[] }>;
const deviations = readJson('deviations.json') as Record<string, string>;
const knownTo = Object.fromEntries(
  Object.entries(ids).map(([version, { exact, patterns }]) => {
    const words = new Set(exact);
    const shapes = patterns.map((p) => new RegExp(`^${p}$`));
    return [version, (id: string) => words.has(id) || shapes.some((s) => s.test(id))];
  }),
);
/** No gateway listened where the answers were recorded, and none can on the discard port. */
const CLOSED_PORT = { OPENCLAW_GATEWAY_PORT: '9' };
const DEEP_TIMEOUT_MS = 1000;
const isDeep = (c: RecordedCase) => c.args?.includes('--deep') === true;
const POSITION_NUMBERED = /^channels\..+\.warning\.\d+$/;

/** Differences between a recording and ours, one line each. */
function differences(c: RecordedCase, report: Report): string[] {
  const comparable = (line: string) => {
    const id = line.split(' ')[1]!;
    return knownTo[c.reference]!(id) && !POSITION_NUMBERED.test(id);
  };
  const wanted = c.findings.filter(comparable);
  const named = new Set(c.findings.map((l) => l.split(' ')[1]));
  const got = report.findings
    .map((f) => `${f.severity} ${f.checkId}`)
    .filter(comparable)
    // The recorded command line never looks at channels: what ours adds there is no difference.
    .filter((l) => !(c.via === 'cli' && l.split(' ')[1]!.startsWith('channels.') && !named.has(l.split(' ')[1])));
  const count = (list: readonly string[], line: string) => list.filter((l) => l === line).length;
  return [...new Set([...wanted, ...got])]
    .filter((line) => count(wanted, line) !== count(got, line))
    .map((line) => `${line}: recorded ${count(wanted, line)}, ours ${count(got, line)}`)
    .sort();
}

let scratch = '';
let laidOut = 0;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'openclaw-security-conformance-'));
  chmodSync(scratch, 0o755);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function auditCase(c: RecordedCase): Promise<Report> {
  const home = materialize(c, join(scratch, String(++laidOut)));
  try {
    return c.runAs === undefined ? await auditHere(c, home) : auditAs(c, home, c.runAs);
  } finally {
    rmSync(home.root, { recursive: true, force: true });
  }
}

async function auditHere(c: RecordedCase, home: LaidOutHome): Promise<Report> {
  const docker = join(home.bin, 'docker');
  const snapshot = await collect({
    env: isDeep(c) ? { ...home.env, ...CLOSED_PORT } : home.env,
    cwd: home.cwd,
    osHomeDir: home.home,
    openclawVersion: c.reference,
    ...(isDeep(c) ? { deep: { timeoutMs: DEEP_TIMEOUT_MS, scan: await loadCodeScan() } } : {}),
    ...(existsSync(docker) ? { dockerCommand: docker } : {}),
  });
  return auditSnapshot(snapshot);
}

/** Permissions bind only another user than root, so these run the built program as one. */
function auditAs(c: RecordedCase, home: LaidOutHome, uid: number): Report {
  chownTree(home.root, uid);
  const bin = join(here, '../../dist/bin.cjs');
  const deep = isDeep(c) ? ['--deep', '--timeout', String(DEEP_TIMEOUT_MS)] : [];
  const out = execFileSync(process.execPath, [bin, 'audit', '--json', '--openclaw-version', c.reference, ...deep], {
    cwd: home.cwd,
    env: isDeep(c) ? { ...home.env, ...CLOSED_PORT } : home.env,
    uid,
    gid: uid,
    encoding: 'utf8',
  });
  return JSON.parse(out) as Report;
}

const areas = readdirSync(join(here, 'cases')).map((f) => f.replace('.json', ''));

describe.each(areas)('recorded answers: %s', (area) => {
  const recorded = Object.entries(readJson(`cases/${area}.json`) as Record<string, RecordedCase>);
  it.each(recorded)('%s', async (name, c) => {
    const found = differences(c, await auditCase(c));
    if (Object.hasOwn(deviations, `${area}/${name}`))
      expect(found, 'listed as a deviation, and yet equal: remove it from deviations.json').not.toEqual([]);
    else expect(found, c.about).toEqual([]);
  });
});

describe('the list of deviations', () => {
  it('argues each in a sentence', () => {
    for (const [name, reason] of Object.entries(deviations)) expect(reason, name).toMatch(/^[A-Z].{30,}\.$/);
  });

  it('names recorded cases only', () => {
    const names = new Set(
      areas.flatMap((a) => Object.keys(readJson(`cases/${a}.json`) as object).map((n) => `${a}/${n}`)),
    );
    expect(Object.keys(deviations).filter((d) => !names.has(d))).toEqual([]);
  });
});
