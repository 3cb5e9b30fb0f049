import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectPlugins, type PluginInput } from '../../src/collect/plugins.ts';
import type { CollectGap, PluginDir, PluginFacts } from '../../src/core/snapshot.ts';
import { asNobody, type Entry, giveTo, layOut, NOBODY, scratch } from './tree.ts';

let area: ReturnType<typeof scratch>;
let gaps: CollectGap[];
beforeEach(() => {
  area = scratch('plugins');
  gaps = [];
});
afterEach(() => area.remove());

const input = (more: Partial<PluginInput> = {}): PluginInput => ({
  stateDir: area.dir,
  workspaces: [],
  loadPaths: [],
  records: [],
  ...more,
});
function collect(entries: Readonly<Record<string, Entry>>, more: Partial<PluginInput> = {}): PluginFacts {
  layOut(area.dir, entries);
  return collectPlugins(input(more), (gap) => gaps.push(gap));
}
const short = (d: PluginDir) =>
  [d.path.slice(area.dir.length + 1), d.from, d.kind, ...(d.ignored ? ['ignored'] : [])].join(' ');
const pkg = (more: object = {}) =>
  JSON.stringify({ name: 'p', version: '1.2.3', openclaw: { extensions: ['./index.js'] }, ...more });
const manifest = (id: string) => JSON.stringify({ id });

describe('where plugin code is loaded from', () => {
  it('the extensions directory: directories, links and single files', () => {
    const facts = collect({
      'extensions/acme/package.json': pkg(),
      'extensions/acme/openclaw.plugin.json': manifest('acme'),
      'extensions/bare/': '',
      'extensions/single.ts': '',
      'extensions/types.d.ts': '',
      'extensions/README.md': '',
      'extensions/linked': { link: '../dev/linked' },
      'extensions/linked.js': { link: '../dev/linked/index.js' },
      'extensions/gone': { link: '../dev/gone' },
      'extensions/me.js': { link: 'me.js' },
      'extensions/pipe.js': { fifo: true },
      'dev/linked/index.js': '',
    });
    expect(facts.dirs.map(short)).toEqual([
      'extensions/acme state-extensions directory',
      'extensions/bare state-extensions directory',
      'extensions/linked state-extensions symlink',
      'extensions/linked.js state-extensions symlink',
      'extensions/single.ts state-extensions file',
    ]);
    expect(facts.dirs[0]).toEqual({
      name: 'acme',
      path: join(area.dir, 'extensions/acme'),
      from: 'state-extensions',
      kind: 'directory',
      id: 'acme',
      ignored: false,
      package: { name: 'p', version: '1.2.3', entries: ['./index.js'] },
    });
    expect(facts.dirs[1]).not.toHaveProperty('package');
    expect(facts.dirs[2]!.real).toBe(join(area.dir, 'dev/linked'));
    expect(facts.extensionsIsLink).toBe(false);
    expect(gaps).toEqual([]);
  });

  it('the extensions directory behind a link', () => {
    const facts = collect({ 'dev/acme/package.json': pkg(), extensions: { link: 'dev' } });
    expect(facts.extensionsIsLink).toBe(true);
    expect(facts.dirs).toMatchObject([
      { path: join(area.dir, 'extensions/acme'), kind: 'directory', real: join(area.dir, 'dev/acme') },
    ]);
  });

  it('an extensions link in a circle', () => {
    expect(collect({ extensions: { link: 'extensions' } })).toMatchObject({ dirs: [], extensionsIsLink: true });
    expect(gaps).toMatchObject([{ what: join(area.dir, 'extensions'), reason: 'its symbolic links form a loop' }]);
  });

  it.each([
    ['acme', false],
    ['acme.disabled', true],
    ['acme.disabled.2026', true],
    ['acme.bak', true],
    ['ACME.BAK', true],
    ['acme.bakery', false],
    ['acme.backup-1', true],
    ['backup', false],
    ['.hidden', true],
    ['.openclaw-install-backups', true],
    ['node_modules', true],
    ['__proto__', false],
  ])('%s is ignored: %s', (name, ignored) => {
    expect(collect({ [`extensions/${name}/`]: '' }).dirs).toMatchObject([{ name, ignored }]);
  });

  it('workspaces, each once', () => {
    const path = join(area.dir, 'ws');
    const facts = collect(
      { 'ws/.openclaw/extensions/a/index.js': '', 'ws/.openclaw/extensions/b.mjs': '' },
      {
        workspaces: [
          { agent: 'main', path },
          { agent: 'ops', path },
          { agent: 'gone', path: join(area.dir, 'gone') },
        ],
      },
    );
    expect(facts.dirs.map(short)).toEqual([
      'ws/.openclaw/extensions/a workspace-extensions directory',
      'ws/.openclaw/extensions/b.mjs workspace-extensions file',
    ]);
  });

  it('load paths: files, plugins, and directories of plugins', () => {
    const paths = [
      'file.cts',
      'text.txt',
      'declared',
      'packaged',
      'indexed',
      'many',
      'empty',
      'gone',
      'link',
      'file.cts',
    ];
    const facts = collect(
      {
        'file.cts': '',
        'text.txt': '',
        'declared/openclaw.plugin.json': manifest('d'),
        'packaged/package.json': pkg(),
        'indexed/index.ts': '',
        'many/package.json': JSON.stringify({ name: 'a-workspace' }),
        'many/one/index.js': '',
        'many/two.js': '',
        'empty/': '',
        link: { link: 'declared' },
      },
      { loadPaths: paths.map((p) => join(area.dir, p)) },
    );
    expect(facts.dirs.map(short)).toEqual([
      'file.cts load-path file',
      'declared load-path directory',
      'packaged load-path directory',
      'indexed load-path directory',
      'many/one load-path directory',
      'many/two.js load-path file',
      'link load-path symlink',
    ]);
    expect(gaps).toEqual([]);
  });

  it('npm projects: what the project asks for, not what that depends on', () => {
    const facts = collect({
      'npm/projects/a-1/package.json': JSON.stringify({
        dependencies: { '@acme/chat': '1.0.0', 'claw-x': '2', '../evil': '1', gone: '1' },
      }),
      'npm/projects/a-1/node_modules/@acme/chat/package.json': pkg({ name: '@acme/chat' }),
      'npm/projects/a-1/node_modules/claw-x/index.js': '',
      'npm/projects/a-1/node_modules/left-pad/package.json': JSON.stringify({ name: 'left-pad', version: '1.0.0' }),
      'npm/projects/evil/package.json': pkg(),
      'npm/projects/b-2/package.json': 'not JSON',
      'npm/projects/b-2/node_modules/plain/package.json': JSON.stringify({ name: 'plain' }),
      'npm/projects/b-2/node_modules/@s/plugin/openclaw.plugin.json': manifest('plugin'),
    });
    expect(facts.dirs.map(short)).toEqual([
      'npm/projects/a-1/node_modules/@acme/chat npm-projects directory',
      'npm/projects/a-1/node_modules/claw-x npm-projects directory',
      'npm/projects/b-2/node_modules/@s/plugin npm-projects directory',
    ]);
  });

  it('git: the uppermost package of each checkout', () => {
    const facts = collect({
      'git/flat/package.json': pkg(),
      'git/flat/packages/inner/package.json': pkg(),
      'git/host/owner/repo/openclaw.plugin.json': manifest('r'),
      'git/.git/x/package.json': pkg(),
      'git/too/deep/down/here/package.json': pkg(),
      'git/nothing/readme.md': '',
    });
    expect(facts.dirs.map(short)).toEqual(['git/flat git directory', 'git/host/owner/repo git directory']);
  });
});

describe('what a package says', () => {
  it.each<[name: string, entry: Entry, expected: object]>([
    ['broken JSON', '{', { entries: [], error: 'it is not JSON' }],
    ['an array', '[]', { entries: [] }],
    ['wrong types', '{"name":1,"version":{},"openclaw":[]}', { entries: [] }],
    ['no list', pkg({ openclaw: { extensions: './x.js' } }), { name: 'p', version: '1.2.3', entries: [] }],
    [
      'mixed entries',
      pkg({ openclaw: { extensions: [' ./a.js ', 1, '', null, '../b.js'] } }),
      { entries: ['./a.js', '../b.js'] },
    ],
    ['inherited keys', '{"__proto__":{"version":"9","openclaw":{"extensions":["x"]}}}', { entries: [] }],
    ['a long version', pkg({ version: '1'.repeat(1000) }), { version: '1'.repeat(500) }],
    [
      'too large',
      JSON.stringify({ pad: 'x'.repeat(1024 * 1024) }),
      { entries: [], error: 'it is larger than 1048576 bytes' },
    ],
    ['a FIFO', { fifo: true }, { entries: [], error: 'it is a named pipe' }],
    ['a device', { link: '/dev/zero' }, { entries: [], error: 'it is a device' }],
  ])('%s', (_, entry, expected) => {
    const [plugin] = collect({ 'extensions/a/package.json': entry }).dirs;
    expect(plugin!.package).toMatchObject(expected);
    if (!('error' in expected)) expect(plugin!.package).not.toHaveProperty('error');
    expect(Object.keys(plugin!.package!)).not.toContain('__proto__');
  });

  it.each<[name: string, entry: Entry, expected: object]>([
    ['an id', manifest(' acme '), { id: 'acme' }],
    ['broken JSON', '{', { manifestError: 'it is not JSON' }],
    ['a FIFO', { fifo: true }, { manifestError: 'it is a named pipe' }],
  ])('manifest: %s', (_, entry, expected) => {
    expect(collect({ 'extensions/a/openclaw.plugin.json': entry }).dirs).toMatchObject([expected]);
  });
});

describe('installed versions of records', () => {
  it('come from the usual directory or the one of the record', () => {
    const { installedVersions } = collect(
      {
        'extensions/acme/package.json': pkg({ version: '1.0.1' }),
        'hooks/acme/package.json': pkg({ version: '2.0.0' }),
        'opt/other/package.json': pkg({ version: '3.0.0' }),
        'outside/package.json': pkg({ version: '4.0.0' }),
        'extensions/broken/package.json': '{',
        'extensions/package.json': pkg({ version: '5.0.0' }),
        'extensions/__proto__/package.json': pkg({ version: '6.0.0' }),
      },
      {
        records: [
          { kind: 'plugin', id: 'acme' },
          { kind: 'hook', id: 'acme' },
          { kind: 'plugin', id: 'other', installPath: join(area.dir, 'opt/other') },
          { kind: 'plugin', id: '../outside' },
          { kind: 'plugin', id: '..' },
          { kind: 'plugin', id: '' },
          { kind: 'plugin', id: 'broken' },
          { kind: 'plugin', id: 'missing' },
          { kind: 'plugin', id: 'nul\0' },
          { kind: 'plugin', id: '__proto__' },
        ],
      },
    );
    expect({ ...installedVersions }).toEqual({
      'plugin:acme': '1.0.1',
      'hook:acme': '2.0.0',
      'plugin:other': '3.0.0',
      'plugin:__proto__': '6.0.0',
    });
    expect(gaps).toEqual([]);
  });
});

describe('what takes long or cannot be read', () => {
  it('5,000 plugins', () => {
    for (let i = 0; i < 5000; i++) {
      const dir = join(area.dir, 'extensions', `p${i}`);
      mkdirSync(dir, { recursive: true });
      writeFileSync(join(dir, 'package.json'), pkg({ name: `p${i}` }));
    }
    const started = performance.now();
    const { dirs } = collect({});
    expect(performance.now() - started).toBeLessThan(5000);
    expect(dirs).toHaveLength(5000);
    expect(dirs.every((d) => d.package?.version === '1.2.3')).toBe(true);
  });

  it('manifests are not read without end', () => {
    const big = pkg({ pad: 'x'.repeat(1024 * 1024 - 200) });
    for (let i = 0; i < 70; i++) {
      mkdirSync(join(area.dir, 'extensions', `p${i}`), { recursive: true });
      writeFileSync(join(area.dir, 'extensions', `p${i}`, 'package.json'), big);
    }
    const { dirs } = collect({});
    expect(dirs).toHaveLength(70);
    expect(dirs.filter((d) => d.package?.error === 'the manifests of all plugins together are too large').length).toBe(
      5,
    );
  });

  it('closed directories and files', () => {
    layOut(area.dir, {
      'extensions/shut/package.json': pkg(),
      'extensions/shut/': { mode: 0o000 },
      'extensions/file/package.json': { text: pkg(), mode: 0o000 },
      'extensions/link': { link: '../closed/x' },
      'closed/x/package.json': pkg(),
      'closed/': { mode: 0o000 },
      'ws/.openclaw/extensions/a/index.js': '',
      'ws/.openclaw/extensions/': { mode: 0o000 },
    });
    giveTo(NOBODY, area.dir);
    const { facts, gaps: met } = asNobody<{ facts: PluginFacts; gaps: CollectGap[] }>(
      `import { collectPlugins } from '../../src/collect/plugins.ts';
       const gaps: unknown[] = [];
       answer({ facts: collectPlugins(input, (gap) => gaps.push(gap)), gaps });`,
      input({ workspaces: [{ agent: 'main', path: join(area.dir, 'ws') }] }),
    );
    expect(facts.dirs).toMatchObject([
      { name: 'file', package: { entries: [], error: 'permission denied' } },
      { name: 'link', kind: 'symlink' },
      { name: 'shut', package: { entries: [], error: 'permission denied' }, manifestError: 'permission denied' },
    ]);
    expect(met.map((g) => g.what.slice(area.dir.length + 1))).toEqual(['extensions/link', 'ws/.openclaw/extensions']);
  });
});
