import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectFiles, type FileInput } from '../../src/collect/files.ts';
import type { CollectGap, FileFact, FileFacts, FileRole } from '../../src/core/snapshot.ts';
import { asNobody, type Entry, giveTo, isRoot, layOut, NOBODY, scratch } from './tree.ts';

let area: ReturnType<typeof scratch>;
let state: string;
let gaps: CollectGap[];
beforeEach(() => {
  area = scratch('files');
  state = join(area.dir, 'state');
  gaps = [];
});
afterEach(() => area.remove());

const input = (more: Partial<FileInput> = {}): FileInput => ({
  stateDir: state,
  configPath: join(state, 'openclaw.json'),
  credentialsDir: join(state, 'credentials'),
  includePaths: [],
  agentIds: ['main'],
  extraAgentDirs: [],
  sessionStores: [],
  platform: 'linux',
  ...more,
});
function collect(entries: Readonly<Record<string, Entry>>, more: Partial<FileInput> = {}): FileFacts {
  layOut(area.dir, { 'state/': '', ...entries });
  return collectFiles(input(more), (gap) => gaps.push(gap));
}
const named = (facts: FileFacts, path: string, role?: FileRole): FileFact | undefined =>
  facts.named.find((f) => f.path === join(area.dir, path) && (role === undefined || f.role === role));
const existing = (facts: FileFacts, role: FileRole): string[] =>
  facts.named.filter((f) => f.role === role && f.kind !== 'missing').map((f) => f.path.slice(area.dir.length + 1));

describe('named files', () => {
  it('says of each what it is, missing ones included', () => {
    const facts = collect(
      {
        'state/': { mode: 0o2750 },
        'state/openclaw.json': { text: '{}', mode: 0o640 },
        'state/.env': { text: 'A=1', mode: 0o604 },
        'state/agents/main/agent/auth-profiles.json': { text: '{}', mode: 0o666 },
        'state/agents/main/agent/openclaw-agent.sqlite': 'x',
        'state/agents/main/agent/openclaw-agent.sqlite-wal': 'x',
        'state/agents/main/sessions/sessions.json': '{}',
        'state/state/openclaw.sqlite': 'x',
        'state/state/openclaw.sqlite-shm': 'x',
        'state/state/openclaw-quarantine.sqlite': 'x',
        'state/identity/device.json': '{}',
        'state/secrets.json': '{}',
        'inc/extra.json5': '{}',
        'logs/gateway.log': { text: '', mode: 0o644 },
      },
      { includePaths: [join(area.dir, 'inc/extra.json5')], logFile: join(area.dir, 'logs/gateway.log') },
    );
    expect(named(facts, 'state', 'state-dir')).toMatchObject({
      kind: 'directory',
      mode: 0o2750,
      uid: process.geteuid!(),
    });
    expect(named(facts, 'state/openclaw.json')).toMatchObject({
      role: 'config',
      kind: 'file',
      mode: 0o640,
      size: 2,
      nlink: 1,
    });
    expect(named(facts, 'state/.env')).toMatchObject({ role: 'dotenv', mode: 0o604 });
    expect(named(facts, 'inc/extra.json5')).toMatchObject({ role: 'config-include', mode: 0o600 });
    expect(named(facts, 'logs/gateway.log')).toMatchObject({ role: 'log', mode: 0o644 });
    expect(named(facts, 'state/exec-approvals.json')).toMatchObject({
      role: 'exec-approvals',
      kind: 'missing',
      mode: 0,
    });
    expect(named(facts, 'state/agents/main/agent/auth-profiles.json')).toMatchObject({
      role: 'auth-profiles',
      agent: 'main',
      mode: 0o666,
    });
    expect(existing(facts, 'sqlite').sort()).toEqual([
      'state/agents/main/agent/openclaw-agent.sqlite',
      'state/agents/main/agent/openclaw-agent.sqlite-wal',
      'state/state/openclaw-quarantine.sqlite',
      'state/state/openclaw.sqlite',
      'state/state/openclaw.sqlite-shm',
    ]);
    expect(existing(facts, 'sessions-store')).toEqual(['state/agents/main/sessions/sessions.json']);
    expect(existing(facts, 'identity')).toEqual(['state/identity', 'state/identity/device.json']);
    expect(existing(facts, 'credential')).toEqual(['state/secrets.json']);
    expect(gaps).toEqual([]);
  });

  it('names every directory above the state directory, and above what a link leads to', () => {
    const facts = collect({ 'real/deep/': '', link: { link: 'real/deep' } }, { stateDir: join(area.dir, 'link') });
    const parents = existing(facts, 'parent-dir').length;
    expect(facts.named.filter((f) => f.role === 'parent-dir').map((f) => f.path)).toEqual(
      expect.arrayContaining(
        ['/', '/tmp', area.dir, join(area.dir, 'real')].filter((p) => p !== '/tmp' || area.dir.startsWith('/tmp')),
      ),
    );
    expect(parents).toBe(new Set(facts.named.filter((f) => f.role === 'parent-dir').map((f) => f.path)).size);
    expect(named(facts, 'link', 'state-dir')).toMatchObject({
      kind: 'directory',
      mode: 0o700,
      link: { target: 'real/deep', real: join(area.dir, 'real/deep') },
    });
  });

  it('finds what looks like a copy of the config or of an include', () => {
    const copies = [
      'openclaw.json.bak',
      'openclaw.json.bak.4',
      'openclaw.json.bak-2026-01-02',
      'openclaw.json.1234.tmp',
      'openclaw.json~',
      '.openclaw.json.swp',
      '#openclaw.json#',
      'openclaw-old.json',
      'openclaw (copy).json',
      'openclaw.backup.json',
    ];
    const others = ['openclaw.json5', 'openclaw.json.lock', 'openclaw-agent.md', 'other.json.bak', 'openclawd.json'];
    const entries = Object.fromEntries([...copies, ...others].map((n) => [`state/${n}`, '']));
    const facts = collect(
      { ...entries, 'state/openclaw.json': '', 'state/openclaw.json.d/': '', 'inc/a.json': '', 'inc/a.json.bak': '' },
      { includePaths: [join(area.dir, 'inc/a.json')] },
    );
    expect(existing(facts, 'config-backup').sort()).toEqual(
      [...copies.map((n) => `state/${n}`), 'inc/a.json.bak'].sort(),
    );
  });

  it('looks at agents of the config and at directories of others', () => {
    const facts = collect(
      {
        'state/agents/main/sessions/sessions.json': '{}',
        'state/agents/gone/agent/auth-profiles.json': { text: '{}', mode: 0o644 },
        'state/agents/not-a-directory': '',
        'elsewhere/auth-profiles.json': { text: '{}', mode: 0o640 },
        'store/index.json': { text: '{}', mode: 0o640 },
        'store/1.jsonl': { mode: 0o644 },
        'store/readme.txt': { mode: 0o666 },
        'store/below/2.jsonl': { mode: 0o644 },
        'store/': { mode: 0o755 },
      },
      {
        agentIds: ['main', 'ops'],
        extraAgentDirs: [{ agent: 'ops', path: join(area.dir, 'elsewhere') }],
        sessionStores: [{ agent: 'ops', path: join(area.dir, 'store/index.json') }],
      },
    );
    expect(named(facts, 'state/agents/gone/agent/auth-profiles.json')).toMatchObject({ agent: 'gone', mode: 0o644 });
    expect(named(facts, 'elsewhere/auth-profiles.json')).toMatchObject({ agent: 'ops', mode: 0o640 });
    expect(named(facts, 'store/index.json')).toMatchObject({ role: 'sessions-store', agent: 'ops', mode: 0o640 });
    expect(named(facts, 'state/agents/ops', 'agent-dir')).toMatchObject({ kind: 'missing' });
    expect(named(facts, 'state/agents/not-a-directory')).toBeUndefined();
    // Transcripts beside a moved index are counted; what lies below, in a directory that may be any, is not.
    expect(facts.loose.filter((g) => g.role === 'transcript')).toEqual([
      { role: 'transcript', agent: 'ops', access: 'world-read', count: 1, examples: [join(area.dir, 'store/1.jsonl')] },
    ]);
  });

  it('looks at credential files, but counts the keys of a WhatsApp login', () => {
    const keys = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`state/credentials/whatsapp/default/pre-key-${i}.json`, { mode: 0o644 }]),
    );
    const facts = collect({
      ...keys,
      'state/': { mode: 0o711 },
      'state/credentials/': { mode: 0o711 },
      'state/credentials/whatsapp/': { mode: 0o711 },
      'state/credentials/whatsapp/default/': { mode: 0o711 },
      'state/credentials/whatsapp/default/creds.json': { text: '{}', mode: 0o644 },
      'state/credentials/oauth.json': { text: '{}', mode: 0o640 },
    });
    expect(existing(facts, 'credential').sort()).toEqual([
      'state/credentials/oauth.json',
      'state/credentials/whatsapp/default/creds.json',
    ]);
    expect(existing(facts, 'credentials-dir')).toEqual([
      'state/credentials',
      'state/credentials/whatsapp',
      'state/credentials/whatsapp/default',
    ]);
    expect(facts.loose).toMatchObject([{ role: 'credential', access: 'world-read', count: 300 }]);
    expect(facts.loose[0]!.examples).toHaveLength(5);
  });

  it('does not take the whole state directory for credentials', () => {
    const facts = collect(
      { 'state/telegram-allowFrom.json': '{}', 'state/openclaw.json': '{}', 'state/a/b.json': '{}', 'state/c.txt': '' },
      { credentialsDir: state },
    );
    expect(existing(facts, 'credential')).toEqual(['state/telegram-allowFrom.json']);
  });

  it('walks a credentials directory that lies elsewhere', () => {
    const facts = collect(
      { 'oauth/': { mode: 0o755 }, 'oauth/wa/pre-key-1.json': { mode: 0o644 }, 'oauth/wa/': { mode: 0o755 } },
      { credentialsDir: join(area.dir, 'oauth') },
    );
    expect(facts.loose).toEqual([
      { role: 'credential', access: 'world-read', count: 1, examples: [join(area.dir, 'oauth/wa/pre-key-1.json')] },
    ]);
  });

  it('names links, and links to nothing', () => {
    const facts = collect({
      'elsewhere.json': { text: '{}', mode: 0o664 },
      'state/openclaw.json': { link: '../elsewhere.json' },
      'state/.env': { link: 'nowhere' },
      'state/exec-approvals.json': { link: 'exec-approvals.json' },
    });
    expect(named(facts, 'state/openclaw.json')).toMatchObject({
      kind: 'file',
      mode: 0o664,
      link: { target: '../elsewhere.json', real: join(area.dir, 'elsewhere.json') },
    });
    expect(named(facts, 'state/.env')).toMatchObject({ kind: 'symlink', link: { target: 'nowhere' } });
    expect(named(facts, 'state/.env')!.link).not.toHaveProperty('real');
    expect(named(facts, 'state/exec-approvals.json')).toMatchObject({ kind: 'symlink' });
  });

  it('says nothing of modes on Windows', () => {
    const facts = collect(
      { 'state/openclaw.json': { mode: 0o666 }, 'state/x': { mode: 0o666 } },
      { platform: 'win32' },
    );
    expect(facts).toMatchObject({ model: 'windows', loose: [], walked: 0 });
    expect(named(facts, 'state/openclaw.json')).toMatchObject({ kind: 'file', mode: 0 });
    expect(facts.named.some((f) => f.mode !== 0 || f.uid !== undefined)).toBe(false);
  });

  it('accepts paths that no file can have', () => {
    const facts = collectFiles(
      input({ configPath: `${state}/a\0b`, logFile: `/${'x'.repeat(5000)}`, stateDir: `${state}\0` }),
      (gap) => gaps.push(gap),
    );
    expect(facts.named.find((f) => f.role === 'config')).toMatchObject({ kind: 'unreadable' });
    expect(facts.named.find((f) => f.role === 'log')).toMatchObject({
      kind: 'unreadable',
      error: 'its path is too long',
    });
    expect(gaps.length).toBeGreaterThan(0);
  });

  it('is quiet about a home that does not exist', () => {
    const facts = collectFiles(input(), (gap) => gaps.push(gap));
    expect(facts).toMatchObject({ walked: 0, loose: [], model: 'posix' });
    expect(facts.named.filter((f) => f.role !== 'parent-dir').every((f) => f.kind === 'missing')).toBe(true);
    expect(gaps).toEqual([]);
  });
});

describe('as a user who is not root', () => {
  const CODE = `
    import { collectFiles } from '../../src/collect/files.ts';
    const gaps: unknown[] = [];
    const facts = collectFiles(input, (gap) => gaps.push(gap));
    answer({ facts, gaps });
  `;
  const run = () => asNobody<{ facts: FileFacts; gaps: CollectGap[] }>(CODE, input());

  it('tells what it may not examine from what is not there', () => {
    layOut(area.dir, {
      'state/openclaw.json': '{}',
      'state/credentials/a.json': '{}',
      'state/credentials/': { mode: 0o000 },
      'state/agents/main/sessions/a.jsonl': { mode: 0o644 },
      'state/agents/main/sessions/': { mode: 0o600 },
      'state/closed/x': '',
      'state/closed/': { mode: 0o000 },
      'state/target/file': '',
      'state/link': { link: 'target/file' },
      'state/target/': { mode: 0o000 },
    });
    giveTo(NOBODY, state);
    const { facts, gaps: met } = run();
    expect(named(facts, 'state/openclaw.json')).toMatchObject({
      kind: 'file',
      uid: isRoot ? NOBODY : process.geteuid!(),
    });
    expect(named(facts, 'state/credentials')).toMatchObject({ kind: 'directory', mode: 0 });
    expect(named(facts, 'state/agents/main/sessions/sessions.json')).toMatchObject({
      kind: 'unreadable',
      error: 'permission denied',
    });
    expect(named(facts, 'state/link')).toMatchObject({ kind: 'unreadable', link: { target: 'target/file' } });
    const missed = new Set(met.map((g) => g.what.slice(state.length + 1)));
    expect([...missed].sort()).toEqual(['agents/main/sessions', 'closed', 'credentials', 'target']);
  });

  it('counts what belongs to somebody else', () => {
    layOut(area.dir, {
      'state/agents/main/sessions/a.jsonl': '',
      'state/agents/main/sessions/b.jsonl': '',
      'state/x': '',
    });
    if (!isRoot) return expect(run().facts.foreign).toBeUndefined();
    giveTo(NOBODY, state);
    chownSync(join(state, 'agents/main/sessions/b.jsonl'), 0, 0);
    chownSync(join(state, 'x'), 1234, 1234);
    expect(run().facts.foreign).toEqual([
      { role: 'transcript', uid: 0, count: 1, examples: [join(state, 'agents/main/sessions/b.jsonl')] },
      { role: 'other', uid: 1234, count: 1, examples: [join(state, 'x')] },
    ]);
  });
});
