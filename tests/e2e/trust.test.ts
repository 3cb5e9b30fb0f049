import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import { runCommand } from '../kit/command-line.ts';
import { runProgram, UNSAFE_HOME } from '../kit/program.ts';
import { stateBelow, timesBelow } from '../kit/tree-state.ts';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'openclaw-security-trust-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Laid {
  readonly home: string;
  readonly state: string;
  readonly config: string;
  readonly cwd: string;
  readonly env: Record<string, string>;
}

let count = 0;
/** The bundled unsafe home, in a place of its own, with a `.env` in the working directory that must not be opened. */
function lay(change: (laid: Laid) => void = () => {}): Laid {
  const root = join(scratch, String(++count));
  const [home, cwd] = [join(root, 'home'), join(root, 'cwd')];
  mkdirSync(cwd, { recursive: true });
  cpSync(UNSAFE_HOME, home, { recursive: true });
  writeFileSync(join(cwd, '.env'), 'OPENCLAW_STATE_DIR=/elsewhere\nOPENCLAW_GATEWAY_TOKEN=of-the-cwd\n');
  const state = join(home, '.openclaw');
  chmodSync(join(state, '.env'), 0o644);
  symlinkSync('/etc/hostname', join(state, 'credentials', 'outside.json'));
  execFileSync('mkfifo', [join(state, 'credentials', 'pipe.json')]);
  mkdirSync(join(state, 'state'));
  // Left in WAL mode, where merely opening the database would write beside it.
  execFileSync('sqlite3', [
    join(state, 'state', 'openclaw.sqlite'),
    'PRAGMA journal_mode=WAL; CREATE TABLE schema_meta(key TEXT, value TEXT); INSERT INTO schema_meta VALUES (1, 2);',
  ]);
  const laid = { home, state, cwd, config: join(state, 'openclaw.json'), env: { HOME: home } };
  change(laid);
  return laid;
}

const BROKEN = '{ gateway: { bind: "lan", auth: { token: "abc';
const snapshotOf = ({ cwd, env }: Laid) => {
  const file = join(cwd, 'facts.json');
  writeFileSync(file, runProgram(['snapshot'], { env, cwd }).out);
  return file;
};

const RUNS: Record<string, (laid: Laid) => readonly string[]> = {
  audit: () => ['audit'],
  'audit --json': () => ['audit', '--json'],
  'audit --verbose': () => ['audit', '--verbose'],
  'audit --from': (laid) => ['audit', '--from', snapshotOf(laid)],
  'audit of an invalid config': ({ config }) => {
    writeFileSync(config, BROKEN);
    return ['audit', '--json'];
  },
  'audit without a home': ({ state }) => {
    rmSync(state, { recursive: true });
    return ['audit'];
  },
  snapshot: () => ['snapshot'],
  'fix plan': () => ['fix', 'plan', '--all'],
  'audit --fix --dry-run': () => ['audit', '--fix', '--dry-run'],
};

describe('a plain run leaves everything as it was', () => {
  it.each(Object.entries(RUNS))('%s', (_, argsFor) => {
    const laid = lay();
    const args = argsFor(laid);
    const root = join(laid.home, '..');
    const before = [stateBelow(root), timesBelow(root)];
    const run = runProgram(args, laid);
    expect(run.err).toBe('');
    expect(run.code).toBe(0);
    expect([stateBelow(root), timesBelow(root)]).toEqual(before);
  });
});

// All that could write, start something or speak with somebody.
const WATCHED = [
  'open,openat,openat2,creat,truncate,ftruncate,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat,rmdir,link,linkat',
  'symlink,symlinkat,chmod,fchmod,fchmodat,chown,fchown,lchown,fchownat,utimensat,mknod,mknodat,setxattr,fsetxattr',
  'execve,execveat,fork,vfork,socket,connect,bind,listen,sendto,sendmsg',
].join(',');

/** Calls of a traced run, without those of the dynamic linker and of Node before it reads our program. */
function trace(args: readonly string[], laid: Laid): string[] {
  const log = join(scratch, `${++count}.strace`);
  // The names of the calls differ between machines; `?` lets strace skip those that this one does not have.
  const calls = WATCHED.split(',')
    .map((c) => `?${c}`)
    .join(',');
  const run = runProgram(args, { ...laid, before: ['strace', '-f', '-s', '4096', '-o', log, '-e', `trace=${calls}`] });
  expect(run.code, run.err).toBe(0);
  return readFileSync(log, 'utf8')
    .split('\n')
    .map((l) => l.replace(/^\d+\s+/, ''))
    .filter((l) => /^[a-z_0-9]+\(/.test(l));
}

const WRITES = /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE/;
const CHANGES =
  /^(?:creat|f?truncate|unlink|unlinkat|rename\w*|mkdir\w*|rmdir|link|linkat|symlink\w*|f?chmod\w*|[fl]?chown\w*|utimensat|mknod\w*|f?setxattr)\(/;
const DOCKER = /sun_path="[^"]*\/docker\.sock"/;

describe('what the system sees of a plain run', () => {
  it.each(Object.entries(RUNS))('%s: opens to read, starts nothing, speaks with nobody', (_, argsFor) => {
    const laid = lay();
    const calls = trace(argsFor(laid), laid);
    const opened = calls.filter((c) => /^(?:open|openat|openat2)\(/.test(c));
    expect(
      opened.some((c) => c.includes('dist/cli/core.js')),
      'nothing was traced',
    ).toBe(true);
    expect(opened.filter((c) => WRITES.test(c))).toEqual([]);
    expect(calls.filter((c) => CHANGES.test(c))).toEqual([]);
    expect(calls.filter((c) => /^(?:execve\w*|v?fork)\(/.test(c))).toHaveLength(1);
    expect(calls.filter((c) => /^socket\(AF_(?!UNIX)/.test(c))).toEqual([]);
    expect(calls.filter((c) => /^connect\(/.test(c) && !DOCKER.test(c))).toEqual([]);
    expect(calls.filter((c) => /^(?:bind|listen)\(/.test(c))).toEqual([]);
    expect(
      opened.filter((c) => c.includes(join(laid.cwd, '.env')) || c.includes('"./.env"') || c.includes('".env"')),
    ).toEqual([]);
  });

  it('notices a write and a process when there is one', () => {
    const laid = lay();
    const calls = trace(['snapshot', '--out', join(laid.cwd, 'new.json')], laid);
    expect(calls.filter((c) => /^openat/.test(c) && WRITES.test(c))).toHaveLength(1);
    const docker = join(laid.cwd, 'docker');
    writeFileSync(docker, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    const started = trace(['audit', '--docker-command', docker], laid);
    expect(started.filter((c) => /^execve/.test(c)).length).toBeGreaterThan(1);
  });
});

const audit = async (args: readonly string[], laid: Pick<Laid, 'env' | 'cwd'>): Promise<Report> => {
  const run = await runCommand([...args, '--json'], laid.env, laid.cwd);
  expect(run.err).toBe('');
  return JSON.parse(run.out) as Report;
};
const idsOf = (report: Report) => report.findings.map((f) => f.checkId);

describe('what an agent can write does not steer the audit', () => {
  const MOVES = [
    'OPENCLAW_STATE_DIR',
    'CLAWDBOT_STATE_DIR',
    'OPENCLAW_CONFIG_PATH',
    'OPENCLAW_OAUTH_DIR',
    'OPENCLAW_HOME',
    'HOME',
    'OPENCLAW_PROFILE',
    'OPENCLAW_GATEWAY_URL',
    'DOCKER_HOST',
  ];

  const plain = lay();
  it.each(['state .env', 'config env block'])('the %s moves no path and chooses no address', async (place) => {
    const expected = await audit(['audit'], plain);
    const laid = lay(({ state, config, home }) => {
      const elsewhere = join(home, '..', 'elsewhere');
      mkdirSync(join(elsewhere, '.openclaw'), { recursive: true });
      writeFileSync(join(elsewhere, 'openclaw.json'), '{}');
      const value = (name: string) => (name.includes('CONFIG') ? join(elsewhere, 'openclaw.json') : elsewhere);
      if (place === 'state .env')
        writeFileSync(join(state, '.env'), MOVES.map((n) => `${n}=${value(n)}\n`).join(''), { flag: 'a' });
      else {
        const text = readFileSync(config, 'utf8');
        const block = JSON.stringify({ vars: Object.fromEntries(MOVES.map((n) => [n, value(n)])) });
        writeFileSync(config, text.replace('\n{\n', `\n{\n  env: ${block},\n`));
      }
    });
    const report = await audit(['audit'], laid);
    expect(report.target).toEqual({ ...expected.target, stateDir: laid.state, configPath: laid.config });
    const got = idsOf(report);
    for (const id of idsOf(expected)) expect(got, `${id} was hidden`).toContain(id);
    const calls = trace(['audit'], laid);
    expect(calls.filter((c) => c.includes(`${join(laid.home, '..', 'elsewhere')}`) && /^open/.test(c))).toEqual([]);
  });

  it('suppressions and baselines inside the state directory are refused', async () => {
    const laid = lay(({ state }) => {
      writeFileSync(join(state, 'accepted.json'), '[{ "id": "gateway.token_too_short", "reason": "trust me" }]');
      writeFileSync(join(state, 'baseline.json'), '{}');
    });
    for (const option of ['--suppressions', '--baseline']) {
      const file = join(laid.state, option === '--baseline' ? 'baseline.json' : 'accepted.json');
      const run = await runCommand(['audit', option, file], laid.env, laid.cwd);
      expect(run).toMatchObject({ code: 2, out: '' });
      expect(run.err).toContain('where an agent may write');
    }
  });
});

describe('options count wherever they stand', () => {
  const root = join(scratch, 'profiles');
  const state = join(root, '.openclaw-work');
  mkdirSync(state, { recursive: true });
  writeFileSync(join(state, 'openclaw.json'), '{ gateway: { bind: "lan" } }');
  const laid = { env: { HOME: root }, cwd: root };

  it.each([
    ['--profile work audit'],
    ['audit --profile work'],
    ['--profile=work audit'],
    ['security audit --profile work'],
    ['--profile work security audit'],
    ['security --profile work audit'],
    [`--state-dir ${state} audit --config ${join(state, 'openclaw.json')}`],
  ])('%s', async (line) => {
    for (const args of [
      [...line.split(' '), '--json'],
      ['--json', ...line.split(' ')],
    ]) {
      const run = await runCommand(args, laid.env, laid.cwd);
      expect(run).toMatchObject({ code: 0, err: '' });
      expect((JSON.parse(run.out) as Report).target).toMatchObject({
        stateDir: state,
        configStatus: 'ok',
        homeFound: true,
      });
    }
  });

  it('the options win over the environment', async () => {
    const env = { ...laid.env, OPENCLAW_STATE_DIR: '/nowhere', OPENCLAW_CONFIG_PATH: '/nowhere/openclaw.json' };
    const report = await audit(['audit', '--state-dir', state, '--config', join(state, 'openclaw.json')], {
      ...laid,
      env,
    });
    expect(report.target).toMatchObject({ stateDir: state, configPath: join(state, 'openclaw.json') });
  });
});
