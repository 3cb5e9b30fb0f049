import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectSkills } from '../../src/collect/skills.ts';
import type { CollectGap, SkillFacts, WorkspaceFacts } from '../../src/core/snapshot.ts';
import { asNobody, type Entry, giveTo, layOut, NOBODY, scratch } from './tree.ts';

let area: ReturnType<typeof scratch>;
let workspace: string;
let gaps: CollectGap[];
beforeEach(() => {
  area = scratch('skills');
  workspace = join(area.dir, 'ws');
  gaps = [];
});
afterEach(() => area.remove());

function collect(entries: Readonly<Record<string, Entry>>): WorkspaceFacts | undefined {
  layOut(area.dir, entries);
  return collectSkills({ workspaces: [{ agent: 'main', path: workspace }] }, (gap) => gaps.push(gap)).workspaces[0];
}
const escapes = (facts: WorkspaceFacts | undefined) =>
  facts?.escapes.map((e) => [e.path.slice(workspace.length + 1), e.real?.slice(area.dir.length + 1), e.reason]);

describe('skills that lie outside', () => {
  it.each<[name: string, entries: Record<string, Entry>, expected: unknown[]]>([
    [
      'a linked directory',
      { 'out/SKILL.md': '', 'ws/skills/a': { link: '../../out' } },
      [['skills/a/SKILL.md', 'out/SKILL.md', 'outside']],
    ],
    [
      'a linked file',
      { 'out.md': '', 'ws/skills/a/SKILL.md': { link: '../../../out.md' } },
      [['skills/a/SKILL.md', 'out.md', 'outside']],
    ],
    [
      'deep below a linked directory',
      { 'out/x/y/SKILL.md': '', 'ws/skills/a': { link: '../../out' } },
      [['skills/a/x/y/SKILL.md', 'out/x/y/SKILL.md', 'outside']],
    ],
    [
      'one directory by two links counts once',
      { 'out/SKILL.md': '', 'ws/skills/a': { link: '../../out' }, 'ws/skills/b': { link: '../../out' } },
      [['skills/a/SKILL.md', 'out/SKILL.md', 'outside']],
    ],
    [
      'a neighbour whose name starts alike',
      { 'ws2/SKILL.md': '', 'ws/skills/a': { link: '../../ws2' } },
      [['skills/a/SKILL.md', 'ws2/SKILL.md', 'outside']],
    ],
    [
      'a linked skills directory',
      { 'out/a/SKILL.md': '', 'ws/skills': { link: '../out' }, 'ws/x': '' },
      [['skills', 'out', 'root-link']],
    ],
    [
      'a skills directory that leads nowhere',
      { 'ws/skills': { link: '../gone' } },
      [['skills', undefined, 'root-link']],
    ],
  ])('%s', (_, entries, expected) => {
    expect(escapes(collect(entries))).toEqual(expected);
  });

  it.each<[name: string, entries: Record<string, Entry>, skillFiles: number]>([
    ['a plain skill', { 'ws/skills/a/SKILL.md': '' }, 1],
    ['a link within the workspace', { 'ws/shared/SKILL.md': '', 'ws/skills/a': { link: '../shared' } }, 1],
    ['a skills directory linked within the workspace', { 'ws/s/a/SKILL.md': '', 'ws/skills': { link: 's' } }, 1],
    ['the workspace itself is a link', { 'real/skills/a/SKILL.md': '', ws: { link: 'real' } }, 1],
    ['nothing behind the link is a skill', { 'out/readme.md': '', 'ws/skills/a': { link: '../../out' } }, 0],
    ['another spelling', { 'out/skill.md': '', 'ws/skills/a': { link: '../../out' } }, 0],
    [
      'another linked file',
      { 'out.sh': '', 'ws/skills/a/run.sh': { link: '../../../out.sh' }, 'ws/skills/a/SKILL.md': '' },
      1,
    ],
    ['a hidden name', { 'out/SKILL.md': '', 'ws/skills/.a': { link: '../../out' } }, 0],
    ['node_modules', { 'out/SKILL.md': '', 'ws/skills/node_modules/a': { link: '../../../out' } }, 0],
    ['a link to nothing', { 'ws/skills/a': { link: '/nonexistent' }, 'ws/skills/b/SKILL.md': { link: 'gone' } }, 0],
    [
      'links in a circle',
      { 'ws/skills/a/up': { link: '..' }, 'ws/skills/a/SKILL.md': '', 'ws/skills/me': { link: 'me' } },
      1,
    ],
    ['a directory called SKILL.md', { 'ws/skills/SKILL.md/x': '' }, 0],
    [
      'a FIFO called SKILL.md',
      { 'ws/skills/a/SKILL.md': { fifo: true }, 'ws/skills/b/SKILL.md': { link: '/dev/zero' } },
      0,
    ],
    ['no skills directory', { 'ws/': '' }, 0],
    ['a file in its place', { 'ws/skills': '' }, 0],
  ])('but not: %s', (_, entries, skillFiles) => {
    const facts = collect(entries);
    expect(facts).toMatchObject({ escapes: [], skillFiles, truncated: false });
    expect(facts).not.toHaveProperty('error');
    expect(gaps).toEqual([]);
  });

  it('names are kept as they are', () => {
    const name = 'a\n\x1b[31m\u202e';
    expect(escapes(collect({ 'out/SKILL.md': '', [`ws/skills/${name}`]: { link: '../../out' } }))).toEqual([
      [`skills/${name}/SKILL.md`, 'out/SKILL.md', 'outside'],
    ]);
  });
});

describe('workspaces', () => {
  it('one that does not exist is left out, one of two agents stands there once', () => {
    layOut(area.dir, { 'ws/skills/a/SKILL.md': '' });
    const facts = collectSkills(
      {
        workspaces: [
          { agent: 'main', path: workspace },
          { agent: 'gone', path: join(area.dir, 'gone') },
          { agent: 'ops', path: workspace },
        ],
      },
      (gap) => gaps.push(gap),
    );
    expect(facts.workspaces.map((w) => [w.agent, w.skillFiles])).toEqual([['main', 1]]);
    expect(gaps).toEqual([]);
  });

  it('what a user may not enter is told', () => {
    layOut(area.dir, {
      'ws/skills/a/SKILL.md': '',
      'ws/skills/shut/SKILL.md': '',
      'ws/skills/shut/': { mode: 0o000 },
      'far/SKILL.md': '',
      'far/': { mode: 0o000 },
      'ws/skills/b/SKILL.md': { link: '../../../far/SKILL.md' },
      'ws/skills/c': { link: '../../far/x' },
      'closed/skills/a/SKILL.md': '',
      'closed/': { mode: 0o000 },
    });
    giveTo(NOBODY, area.dir);
    const { facts, gaps: met } = asNobody<{ facts: SkillFacts; gaps: CollectGap[] }>(
      `import { collectSkills } from '../../src/collect/skills.ts';
       const gaps: unknown[] = [];
       answer({ facts: collectSkills(input, (gap) => gaps.push(gap)), gaps });`,
      {
        workspaces: [
          { agent: 'main', path: workspace },
          { agent: 'ops', path: join(area.dir, 'closed') },
        ],
      },
    );
    expect(facts.workspaces).toMatchObject([
      { skillFiles: 2, escapes: [{ path: join(workspace, 'skills/b/SKILL.md'), reason: 'unresolvable' }] },
      { agent: 'ops', error: 'permission denied', skillFiles: 0 },
    ]);
    expect(met.map((g) => g.what.slice(area.dir.length + 1)).sort()).toEqual([
      'closed',
      'ws/skills/c',
      'ws/skills/shut',
    ]);
  });
});

describe('limits', () => {
  it('stops after 2,000 skills', () => {
    for (let i = 0; i < 2003; i++) {
      mkdirSync(join(workspace, 'skills', `s${i}`), { recursive: true });
      writeFileSync(join(workspace, 'skills', `s${i}`, 'SKILL.md'), '');
    }
    expect(collect({})).toMatchObject({ skillFiles: 2000, truncated: true, escapes: [] });
  });

  it('is not cut off by exactly 2,000 skills', () => {
    for (let i = 0; i < 2000; i++) {
      mkdirSync(join(workspace, 'skills', `s${i}`), { recursive: true });
      writeFileSync(join(workspace, 'skills', `s${i}`, 'SKILL.md'), '');
    }
    expect(collect({})).toMatchObject({ skillFiles: 2000, truncated: false });
  });

  it('stops after a number of directories', () => {
    layOut(area.dir, {
      'ws/skills/a/1/x/': '',
      'ws/skills/a/2/': '',
      'ws/skills/a/again': { link: '..' },
      'ws/skills/b/SKILL.md': '',
    });
    const at = (directories: number) =>
      collectSkills({ workspaces: [{ agent: 'main', path: workspace }] }, (gap) => gaps.push(gap), {
        directories,
        skillFiles: 10,
      }).workspaces[0];
    // skills, a, b, a/1, a/2, a/1/x
    expect(at(5)).toMatchObject({ skillFiles: 1, truncated: true });
    expect(at(6)).toMatchObject({ skillFiles: 1, truncated: false });
    expect(at(2)).toMatchObject({ skillFiles: 0, truncated: true });
  });
});
