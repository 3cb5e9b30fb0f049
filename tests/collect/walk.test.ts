import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectFiles } from '../../src/collect/files.ts';
import { type Place, type Visitor, type WalkLimits, walkTree } from '../../src/collect/walk.ts';
import type { CollectGap, FileFacts, LooseGroup } from '../../src/core/snapshot.ts';
import { visible } from '../../src/core/text.ts';
import { asNobody, type Entry, layOut, scratch } from './tree.ts';

let area: ReturnType<typeof scratch>;
let state: string;
let gaps: CollectGap[];
beforeEach(() => {
  area = scratch('walk');
  state = join(area.dir, 'state');
  gaps = [];
});
afterEach(() => area.remove());

function collect(entries: Readonly<Record<string, Entry>> = {}): FileFacts {
  layOut(area.dir, { 'state/': { mode: 0o755 }, ...entries });
  return collectFiles(
    {
      stateDir: state,
      configPath: join(state, 'openclaw.json'),
      credentialsDir: join(state, 'credentials'),
      includePaths: [],
      agentIds: ['main'],
      extraAgentDirs: [],
      sessionStores: [],
      platform: 'linux',
    },
    (gap) => gaps.push(gap),
  );
}
const short = ({ role, agent, access, count, shielded }: LooseGroup) =>
  `${role} ${agent ?? '-'} ${access} ${count}${shielded ? `+${shielded}` : ''}`;

/** Directories that everybody may enter. */
const open = (...dirs: string[]) => Object.fromEntries(dirs.map((d) => [`state/${d}/`, { mode: 0o755 }]));

describe('loose files', () => {
  it.each<[mode: number, access: string | undefined]>([
    [0o600, undefined],
    [0o400, undefined],
    [0o611, undefined],
    [0o640, 'group-read'],
    [0o604, 'world-read'],
    [0o644, 'world-read'],
    [0o620, 'group-write'],
    [0o664, 'group-write'],
    [0o602, 'world-write'],
    [0o666, 'world-write'],
    [0o4755, 'world-read'],
  ])('mode %o counts once', (mode, access) => {
    const { loose } = collect({
      ...open('agents', 'agents/main', 'agents/main/sessions'),
      'state/agents/main/sessions/a.jsonl': { mode },
    });
    expect(loose.map(short)).toEqual(access ? [`transcript main ${access} 1`] : []);
  });

  it('are grouped by what they are and whose', () => {
    const dirs = [
      'agents',
      'agents/main',
      'agents/main/sessions',
      'agents/main/sessions/cold',
      'agents/old',
      'agents/old/sessions',
    ];
    const { loose, walked } = collect({
      ...open(
        ...dirs,
        'logs',
        'memory',
        'extensions',
        'extensions/x',
        'skills',
        'skills/y',
        'workspace',
        'workspace-ops',
      ),
      'state/agents/main/sessions/a.jsonl': { mode: 0o644 },
      'state/agents/main/sessions/b.jsonl.deleted.2026-01-01': { mode: 0o644 },
      'state/agents/main/sessions/cold/c.jsonl.zst': { mode: 0o644 },
      'state/agents/main/sessions/sessions.json.bak': { mode: 0o644 },
      'state/agents/old/sessions/a.jsonl': { mode: 0o644 },
      'state/logs/gateway.log': { mode: 0o644 },
      'state/memory/main.sqlite': { mode: 0o644 },
      'state/extensions/x/index.js': { mode: 0o646 },
      'state/skills/y/SKILL.md': { mode: 0o664 },
      'state/workspace/AGENTS.md': { mode: 0o644 },
      'state/workspace-ops/AGENTS.md': { mode: 0o644 },
      'state/.env.bak': { mode: 0o644 },
      'state/notes.txt': { mode: 0o644 },
      'state/quiet': '',
    });
    expect(loose.map(short).sort()).toEqual([
      'dotenv - world-read 1',
      'extension - world-write 1',
      'log - world-read 1',
      'other - world-read 1',
      'sessions-store main world-read 1',
      'skill - group-write 1',
      'sqlite - world-read 1',
      'transcript main world-read 3',
      'transcript old world-read 1',
      'workspace - world-read 2',
    ]);
    expect(walked).toBe(14 + 14);
  });

  it('below a directory closed to others are counted apart', () => {
    const { loose } = collect({
      ...open('agents', 'agents/a', 'agents/b', 'agents/a/sessions'),
      'state/agents/a/sessions/1.jsonl': { mode: 0o644 },
      'state/agents/a/sessions/2.jsonl': { mode: 0o644 },
      'state/agents/b/sessions/3.jsonl': { mode: 0o644 },
      'state/agents/a/sessions/readable-but-not-searchable/4.jsonl': { mode: 0o644 },
      'state/agents/a/sessions/readable-but-not-searchable/': { mode: 0o744 },
      'state/agents/a/sessions/group-only/5.jsonl': { mode: 0o644 },
      'state/agents/a/sessions/group-only/': { mode: 0o710 },
    });
    expect(loose.map(short).sort()).toEqual(['transcript a world-read 3+1', 'transcript b world-read 0+1']);
    expect(loose.find((g) => g.agent === 'b')!.examples).toEqual([]);
    expect(loose.find((g) => g.agent === 'a')!.examples.join()).not.toContain('4.jsonl');
  });

  it('below a closed directory above the state directory are out of reach too', () => {
    state = join(area.dir, 'home', 'state');
    const { loose } = collect({
      'home/state/': { mode: 0o755 },
      'home/': { mode: 0o700 },
      'home/state/x': { mode: 0o666 },
    });
    expect(loose.map(short)).toEqual(['other - world-write 0+1']);
  });

  it('directories count where others may write', () => {
    const { loose } = collect({
      'state/agents/': { mode: 0o755 },
      'state/agents/main/': { mode: 0o755 },
      'state/agents/main/sessions/': { mode: 0o755 },
      'state/agents/main/sessions/sub/': { mode: 0o1777 },
      'state/extensions/x/': { mode: 0o775 },
      'state/extensions/': { mode: 0o755 },
    });
    expect(loose.map(short).sort()).toEqual(['extension - group-write 1', 'sessions-dir main world-write 1']);
  });

  it('named files are not counted again', () => {
    const { loose, named } = collect({
      ...open('agents', 'agents/main', 'agents/main/sessions', 'credentials', 'state'),
      'state/openclaw.json': { mode: 0o666 },
      'state/openclaw.json.bak': { mode: 0o666 },
      'state/.env': { mode: 0o666 },
      'state/agents/main/sessions/sessions.json': { mode: 0o666 },
      'state/credentials/telegram-allowFrom.json': { mode: 0o666 },
      'state/state/openclaw.sqlite': { mode: 0o666 },
      'state/secrets.json': { mode: 0o666 },
    });
    expect(loose).toEqual([]);
    expect(named.filter((f) => f.mode === 0o666)).toHaveLength(7);
  });

  it('in packages and repositories are counted as entries only, but their directories are looked at', () => {
    const { loose, walked } = collect({
      'state/extensions/x/node_modules/dep/index.js': { mode: 0o666 },
      'state/workspace/.git/objects/ab/cd': { mode: 0o666 },
      'state/npm/projects/p/node_modules/plugin/index.js': { mode: 0o666 },
      'state/npm/projects/p/node_modules/plugin/lib/': { mode: 0o777 },
      'state/git/repo/index.js': { mode: 0o666 },
    });
    expect(loose.map(short)).toEqual(['extension - world-write 0+1']);
    expect(walked).toBe(5 + 5 + 7 + 3);
  });
});

describe('what is no regular file', () => {
  it('is named by its kind and never opened', async () => {
    const server = createServer();
    mkdirSync(state);
    await new Promise<void>((resolve) => server.listen(join(state, 'gateway.sock'), resolve));
    try {
      const { named } = collect({
        'state/pipe': { fifo: true },
        'state/agents/main/sessions/pipe.jsonl': { fifo: true },
        'state/link-to-pipe': { link: 'pipe' },
        'state/null': { link: '/dev/null' },
      });
      const kind = (path: string) => named.find((f) => f.path === join(state, path))?.kind;
      expect(kind('pipe')).toBe('fifo');
      expect(kind('agents/main/sessions/pipe.jsonl')).toBe('fifo');
      expect(kind('gateway.sock')).toBe('socket');
      expect(kind('link-to-pipe')).toBe('fifo');
      expect(kind('null')).toBe('device');
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('links are facts and are not followed', () => {
    const { named, loose } = collect({
      'outside/loose.txt': { mode: 0o666 },
      'outside/': { mode: 0o755 },
      'state/extensions/x': { link: '../../outside' },
      'state/loop': { link: '.' },
      'state/self': { link: 'self' },
      'state/gone': { link: '/nonexistent/\u202etxt' },
      'state/logs/current': { link: '../gone' },
    });
    const of = (path: string) => named.find((f) => f.path === join(state, path));
    expect(of('extensions/x')).toMatchObject({
      role: 'extension',
      kind: 'directory',
      link: { target: '../../outside', real: join(area.dir, 'outside') },
    });
    expect(of('loop')).toMatchObject({ kind: 'directory', link: { target: '.', real: state } });
    expect(of('self')).toMatchObject({ kind: 'symlink', link: { target: 'self' } });
    expect(of('gone')).toMatchObject({ kind: 'symlink', link: { target: '/nonexistent/\u202etxt' } });
    // The role `log` is that of the configured file.
    expect(of('logs/current')).toMatchObject({ role: 'other' });
    expect(loose).toEqual([]);
  });

  it('many links are cut off, and the rest is told of', () => {
    const { named } = collect(
      Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`state/l${i}`, { link: 'x' }])),
    );
    expect(named.filter((f) => f.link)).toHaveLength(500);
    expect(gaps).toEqual([{ what: state, reason: '100 more links and special files in it are not listed' }]);
  });

  it('transcripts behind a linked directory of an agent are still counted', () => {
    const { loose } = collect({
      'disk/main/sessions/a.jsonl': { mode: 0o644 },
      'disk/': { mode: 0o755 },
      'disk/main/': { mode: 0o755 },
      'disk/main/sessions/': { mode: 0o755 },
      'state/agents': { link: '../disk' },
    });
    expect(loose.map(short)).toEqual(['transcript main world-read 1']);
  });
});

describe('hostile names', () => {
  it.each([
    ['a line break', 'a\nb.jsonl'],
    ['terminal control', '\x1b[2J\x1b]0;owned\x07.jsonl'],
    ['text direction', 'gnp.\u202eljsonj.jsonl'],
    ['the name of a property', '__proto__.jsonl'],
    ['U+FFFD itself', 'a\ufffdb.jsonl'],
    ['255 bytes', `${'x'.repeat(249)}.jsonl`],
  ])('%s', (_, name) => {
    const dir = 'agents/__proto__/sessions';
    const { loose, named } = collect({
      ...open('agents', 'agents/__proto__', dir),
      [`state/${dir}/${name}`]: { mode: 0o644 },
    });
    expect(loose).toEqual([
      { role: 'transcript', agent: '__proto__', access: 'world-read', count: 1, examples: [join(state, dir, name)] },
    ]);
    expect(named.some((f) => f.agent === '__proto__')).toBe(true);
    expect(visible(loose[0]!.examples[0]!, 1000)).toMatch(/^[\x20-\x7e\ufffd]+$/);
  });

  it('bytes that are not UTF-8', () => {
    const at = (...parts: (string | Buffer)[]) => Buffer.concat(parts.map((p) => Buffer.from(p)));
    const sessions = at(state, '/agents/main/sessions');
    mkdirSync(sessions, { recursive: true });
    for (const dir of [state, `${state}/agents`, `${state}/agents/main`, sessions])
      execFileSync('chmod', ['755', dir.toString()]);
    // Two names that are the same text, a directory with a plain file below it, and a link.
    for (const name of [
      at(sessions, '/', Buffer.from([0xff]), '.jsonl'),
      at(sessions, '/', Buffer.from([0xfe]), '.jsonl'),
    ])
      writeFileSync(name, '', { mode: 0o644 });
    const dir = at(sessions, '/', Buffer.from([0xc3, 0x28]));
    mkdirSync(dir);
    writeFileSync(at(dir, '/plain.jsonl'), '', { mode: 0o644 });
    execFileSync('sh', ['-c', `ln -s target "$(printf '%s/\\355\\240\\200' "$0")"`, sessions.toString()]);
    const { loose, named, walked } = collect();
    expect(loose.map(short)).toEqual(['transcript main world-read 3']);
    expect(loose[0]!.examples.every((e) => e.includes('\ufffd'))).toBe(true);
    expect(named.find((f) => f.link)).toMatchObject({ kind: 'symlink', link: { target: 'target' } });
    expect(walked).toBe(3 + 5);
    expect(gaps).toEqual([]);
  });
});

function readlinkOrNothing(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

describe('limits', () => {
  interface Seen extends Visitor<Place> {
    readonly paths: string[];
  }
  const seen = (): Seen => {
    const paths: string[] = [];
    return {
      paths,
      directory: (_parent, _name, path) => {
        paths.push(path);
        return { listOnly: false };
      },
      entry: (_place, _name, path) => paths.push(path),
      gap: (gap) => gaps.push(gap),
    };
  };
  const walk = (limits: Partial<WalkLimits>) => {
    const visitor = seen();
    const result = walkTree(area.dir, { listOnly: false }, visitor, { entries: 1000, depth: 100, ...limits });
    return { ...result, paths: visitor.paths.map((p) => p.slice(area.dir.length + 1)) };
  };

  it('walks depth first in the order of the names', () => {
    layOut(area.dir, { 'b/2': '', 'b/1': '', a: '', 'c/': '', 'b/0/x': '' });
    expect(walk({})).toEqual({ walked: 7, paths: ['a', 'b', 'b/0', 'b/0/x', 'b/1', 'b/2', 'c'] });
  });

  it('lists a large directory without sorting it, and misses nothing', () => {
    const names = Array.from({ length: 5000 }, (_, i) => `f${i}-${'x'.repeat(60)}`);
    for (const name of names) writeFileSync(join(area.dir, name), '');
    layOut(area.dir, { 'f0-dir/below': '' });
    const { paths, walked } = walk({ entries: 10_000 });
    expect(paths.toSorted()).toEqual([...names, 'f0-dir', 'f0-dir/below'].sort());
    expect(walked).toBe(5002);
    expect(walk({ entries: 100 })).toMatchObject({ walked: 100, truncated: expect.any(String) });
    const open = readdirSync('/proc/self/fd').map((fd) => readlinkOrNothing(`/proc/self/fd/${fd}`));
    expect(open.filter((path) => path.startsWith(area.dir))).toEqual([]);
  });

  it('stops after a number of entries', () => {
    layOut(area.dir, { 'a/1': '', 'a/2': '', 'b/3': '', z: '' });
    expect(walk({ entries: 3 })).toEqual({
      walked: 3,
      paths: ['a', 'a/1', 'a/2'],
      truncated: 'the walk stopped after 3 entries',
    });
    expect(walk({ entries: 6 })).not.toHaveProperty('truncated');
  });

  it('does not go deeper than told', () => {
    layOut(area.dir, { 'a/b/c/d': '', 'a/x': '' });
    expect(walk({ depth: 1 })).toEqual({
      walked: 3,
      paths: ['a', 'a/x'],
      truncated: 'directories more than 1 levels down were left out',
    });
  });

  it('survives a tree deeper than a path can be long', () => {
    const code = 'for (let i = 0; i < 60; i++) { fs.mkdirSync(process.argv[1]); process.chdir(process.argv[1]); }';
    execFileSync(process.execPath, ['-e', code, 'd'.repeat(100)], { cwd: area.dir });
    expect(walk({}).walked).toBeGreaterThan(30);
    expect(gaps.map((g) => g.reason)).toEqual(['its path is too long']);
  });

  it('does not enter another file system', () => {
    const visitor = seen();
    walkTree(
      '/',
      { listOnly: false },
      { ...visitor, directory: () => ({ listOnly: true }) },
      { entries: 100_000, depth: 1 },
    );
    expect(gaps).toContainEqual({ what: '/proc', reason: 'another file system is mounted there' });
  });

  it('20,000 files add little memory', () => {
    const sessions = join(state, 'agents/main/sessions');
    mkdirSync(sessions, { recursive: true });
    for (let i = 0; i < 20_000; i++) writeFileSync(join(sessions, `${i}-${'x'.repeat(40)}.jsonl`), '', { mode: 0o644 });
    const code = `
      import { collectFiles } from '../../src/collect/files.ts';
      const before = process.resourceUsage().maxRSS;
      const facts = collectFiles(input, () => {});
      answer({ walked: facts.walked, grown: (process.resourceUsage().maxRSS - before) / 1024, size: JSON.stringify(facts).length });
    `;
    execFileSync('chmod', ['-R', 'a+rX', state]);
    const found = asNobody<{ walked: number; grown: number; size: number }>(code, {
      stateDir: state,
      configPath: join(state, 'openclaw.json'),
      credentialsDir: join(state, 'credentials'),
      includePaths: [],
      agentIds: ['main'],
      extraAgentDirs: [],
      sessionStores: [],
      platform: 'linux',
    });
    expect(found.walked).toBe(20_003);
    expect(found.grown).toBeLessThan(40);
    expect(found.size).toBeLessThan(10_000);
  });
});
