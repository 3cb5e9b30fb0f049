import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditSnapshot } from '../../../src/audit.ts';
import { collectCode } from '../../../src/collect/code/code.ts';
import { type CodeJob, runJob } from '../../../src/collect/code/job.ts';
import { collect } from '../../../src/collect/collect.ts';
import { findSkills } from '../../../src/collect/code/skill-places.ts';
import type { CollectGap, PluginDir } from '../../../src/core/snapshot.ts';
import type { ScanInput, ScanResult } from '../../../src/scan/types.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'openclaw-security-code-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text = 'x'): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Stands in for the scan: it notes what it is handed and finds one thing in each file that says "evil". */
function recorder() {
  const inputs: ScanInput[] = [];
  const scanInput = (input: ScanInput): ScanResult => {
    inputs.push(input);
    if (input.name === 'breaks') throw new RangeError('too deep: secret');
    const evil = input.files.filter((f) => f.text?.includes('evil'));
    return {
      verdict: evil.length > 0 ? 'critical' : 'clean',
      findings: evil.map((f) => ({
        rule: 'test',
        severity: 'critical',
        confidence: 'high',
        message: 'evil',
        steps: [{ file: f.path, line: 1, column: 1, what: 'here' }],
        class: 'shipped',
      })),
      limits: (input.limits ?? []).map((l) => `${l.what}: ${l.reason}`),
      counts: { files: input.files.length, bytes: 0, parsed: 0, unparsable: 0 },
    };
  };
  return { inputs, scan: (job: CodeJob) => runJob(job, scanInput) };
}

const plugin = (name: string, more: Partial<PluginDir> = {}): PluginDir => ({
  name,
  path: join(root, 'extensions', name),
  from: 'state-extensions',
  kind: 'directory',
  ignored: false,
  ...more,
});

describe('collectCode', () => {
  it('scans every plugin, also those set aside, and none that comes with OpenClaw', async () => {
    for (const name of ['a', 'b.disabled', 'bundled']) put(`extensions/${name}/index.js`, 'evil');
    const { scan, inputs } = recorder();
    const plugins = [plugin('a'), plugin('b.disabled', { ignored: true }), plugin('bundled', { from: 'bundled' })];
    const scans = await collectCode({ plugins, skills: [], scan });
    expect(scans.map((s) => [s.name, s.verdict])).toEqual([
      ['a', 'critical'],
      ['b.disabled', 'critical'],
    ]);
    expect(inputs).toHaveLength(2);
  });

  it('reads through a linked plugin, since the host does, and reads it once', async () => {
    put('real/index.js', 'evil');
    mkdirSync(join(root, 'extensions'));
    symlinkSync(join(root, 'real'), join(root, 'extensions', 'l'));
    const { scan } = recorder();
    const linked = plugin('l', { kind: 'symlink', real: join(root, 'real') });
    const direct = plugin('r', { path: join(root, 'real') });
    expect((await collectCode({ plugins: [linked, direct], skills: [], scan })).map((s) => s.verdict)).toEqual([
      'critical',
    ]);
  });

  it('hands over the entries that lie inside', async () => {
    put('extensions/a/.dist/x.js');
    const { scan, inputs } = recorder();
    const entries = ['./.dist/../.dist/x.js', '../y.js', '/etc/z.js', '.'];
    await collectCode({ plugins: [plugin('a', { package: { entries } })], skills: [], scan });
    expect(inputs[0]?.entries).toEqual(['.dist/x.js']);
  });

  it('goes on after a scan that breaks, without its words', async () => {
    for (const name of ['a', 'breaks']) put(`extensions/${name}/index.js`, 'evil');
    const { scan } = recorder();
    const scans = await collectCode({ plugins: [plugin('breaks'), plugin('a')], skills: [], scan });
    expect(scans[0]).toMatchObject({ failures: [{ what: '.', reason: 'the scan failed: RangeError' }] });
    expect(scans[0]?.verdict).toBeUndefined();
    expect(scans[1]?.verdict).toBe('critical');
  });

  it('says what was not scanned when time is up', async () => {
    put('extensions/a/index.js', 'evil');
    const scans = await collectCode({ plugins: [plugin('a')], skills: [], scan: recorder().scan, totalMs: -1 });
    expect(scans).toEqual([
      expect.objectContaining({ failures: [{ what: '.', reason: expect.stringContaining('too long') }] }),
    ]);
  });

  it('keeps a flood of findings short', async () => {
    for (let i = 0; i < 130; i++) put(`extensions/a/${i}.js`, 'evil');
    const [scan] = await collectCode({ plugins: [plugin('a')], skills: [], scan: recorder().scan });
    expect(scan).toMatchObject({ moreFindings: 30 });
    expect(scan?.findings).toHaveLength(100);
  });

  it('leaves the skills of a plugin to its plugin', async () => {
    put('extensions/a/skills/s/SKILL.md');
    put('skills/s/SKILL.md');
    const skills = findSkills([join(root, 'extensions'), join(root, 'skills')], () => {});
    const scans = await collectCode({ plugins: [plugin('a')], skills, scan: recorder().scan });
    expect(scans.map((s) => [s.kind, s.name])).toEqual([
      ['plugin', 'a'],
      ['skill', 's'],
    ]);
  });
});

describe('findSkills', () => {
  const find = (...roots: string[]) => {
    const gaps: CollectGap[] = [];
    return {
      found: findSkills(
        roots.map((r) => join(root, r)),
        (gap) => gaps.push(gap),
      ).map((s) => s.path.slice(root.length + 1)),
      gaps,
    };
  };

  it('finds them in groups, and a root that is one itself', () => {
    put('w/skills/a/SKILL.md');
    put('w/skills/group/b/SKILL.md');
    put('w/skills/group/b/inner/SKILL.md');
    put('w/skills/loose/run.js');
    put('one/SKILL.md');
    expect(find('w/skills', 'one', 'gone')).toEqual({ found: ['w/skills/a', 'w/skills/group/b', 'one'], gaps: [] });
  });

  it('follows links that stay inside once, and none that leave', () => {
    put('w/a/SKILL.md');
    put('away/SKILL.md');
    symlinkSync('a', join(root, 'w', 'again'));
    symlinkSync(join(root, 'away'), join(root, 'w', 'out'));
    symlinkSync('.', join(root, 'w', 'circle'));
    symlinkSync('loop', join(root, 'w', 'loop'));
    expect(find('w')).toEqual({ found: ['w/a'], gaps: [] });
  });
});

describe('collect', () => {
  it('finds code in every place that OpenClaw takes it from', async () => {
    put(
      '.openclaw/openclaw.json',
      `{ skills: { load: { extraDirs: ['~/team'] } }, plugins: { load: { paths: ['~/lib/p.ts'] } } }`,
    );
    for (const dir of [
      'team/a',
      '.openclaw/skills/b',
      '.agents/skills/c',
      '.openclaw/workspace/.agents/skills/d',
      '.openclaw/workspace/skills/e',
    ])
      put(`${dir}/SKILL.md`, 'evil');
    for (const file of [
      '.openclaw/extensions/x/index.js',
      '.openclaw/workspace/.openclaw/extensions/y/index.js',
      'lib/p.ts',
    ])
      put(file, 'evil');
    const { scan } = recorder();
    const snapshot = await collect({
      env: { HOME: root, OPENCLAW_GATEWAY_PORT: '9' },
      cwd: '/',
      osHomeDir: root,
      deep: { scan, timeoutMs: 300 },
    });
    expect(snapshot.code?.map((s) => `${s.kind} ${s.name} ${s.verdict}`).sort()).toEqual([
      'plugin p.ts critical',
      'plugin x critical',
      'plugin y critical',
      ...['a', 'b', 'c', 'd', 'e'].map((name) => `skill ${name} critical`),
    ]);
    const { findings } = await auditSnapshot(snapshot);
    expect(findings.filter((f) => f.checkId === 'plugins.code_safety')).toHaveLength(3);
    expect(findings.filter((f) => f.checkId === 'skills.code_safety')).toHaveLength(5);
  });
});
