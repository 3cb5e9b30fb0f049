import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { PolicyReport } from '../../src/core/policy.ts';
import { runCommand } from '../kit/command-line.ts';
import { runProgram, UNSAFE_HOME } from '../kit/program.ts';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'openclaw-security-policy-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const root = join(import.meta.dirname, '../..');
const isPolicy = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(join(root, 'schemas/policy.schema.json'), 'utf8')),
);

let homes = 0;
/** A home of its own with this config. */
function homeOf(config: string): string {
  const home = join(scratch, `home-${homes++}`);
  mkdirSync(join(home, '.openclaw'), { recursive: true, mode: 0o700 });
  writeFileSync(join(home, '.openclaw/openclaw.json'), config, { mode: 0o600 });
  return home;
}

const HOME = homeOf(`{
  agents: {
    defaults: { sandbox: { mode: 'non-main' } },
    list: [
      { id: 'main', default: true },
      { id: 'work', tools: { profile: 'messaging' } },
    ],
  },
  bindings: [{ agentId: 'work', match: { channel: 'telegram', accountId: '*' } }],
  channels: {
    telegram: {
      allowFrom: ['42'],
      accounts: { support: {} },
      groups: { '-100': { tools: { deny: ['message'] } } },
    },
  },
  tools: { deny: ['nodes'], exec: { ask: '\${ASK}', host: 'gateway' } },
}`);
const explain = (...args: string[]) =>
  runCommand(['policy', 'explain', '--openclaw-version', '2026.3.7', ...args], { HOME }, scratch);
const reportOf = async (...args: string[]): Promise<PolicyReport> => JSON.parse((await explain(...args, '--json')).out);

/** The text at a width, with or without colour. */
async function textAt(columns: number, color: boolean, ...args: string[]): Promise<string> {
  let out = '';
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: () => {},
    stdoutIsTerminal: color,
    stderrIsTerminal: false,
    columns,
    env: { HOME, TERM: 'xterm' },
    cwd: scratch,
  };
  expect(await main(['policy', 'explain', '--openclaw-version', '2026.3.7', ...args], io)).toBe(0);
  return out;
}

describe('policy explain', () => {
  it('tells you at the terminal from a stranger, with the place of each decision', async () => {
    const { out, code } = await explain();
    expect(code).toBe(0);
    expect(out).toContain('What you at the terminal can make the agent main do');
    expect(out).toMatch(/Main session +yes/);
    expect(out).toMatch(/Sandboxed +no/);
    expect(out).toMatch(/nodes\n +the lists for all agents, ~\/\.openclaw\/openclaw\.json:17:\d+\s+tools\.deny\[0\]/);

    const stranger = (await explain('--channel', 'telegram', '--group', '-100')).out;
    expect(stranger).toContain('What a stranger in a group -100 of telegram can make the agent work do');
    expect(stranger).toMatch(/Routed to +agent work: a binding takes the channel/);
    expect(stranger).toMatch(/Key +agent:work:telegram:group:-100/);
    expect(stranger).toMatch(/Sandboxed +yes/);
    expect(stranger).toMatch(/Ask +not known: \$\{ASK\} is not set/);
  });

  it('is also called as security policy explain, with options anywhere', async () => {
    const args = ['--channel', 'telegram', 'security', 'policy', '--sender', 'anyone', 'explain', '--json'];
    const run = runProgram([...args, '--openclaw-version', '2026.3.7'], { env: { HOME } });
    expect(JSON.parse(run.out)).toEqual(await reportOf('--channel', 'telegram', '--sender', 'anyone'));
  });

  it('prints JSON as its schema says', async () => {
    for (const args of [
      [],
      ['--channel', 'telegram'],
      ['--channel', 'telegram', '--account', 'Support', '--peer', '42'],
      ['--channel', 'telegram', '--group', 'any', '--thread', '--sender', 'allowed'],
      ['--channel', 'discord', '--group', '7', '--guild', '1', '--role', '2,3', '--sender', '9'],
      ['--agent', 'work', '--subagent', '2', '--provider', 'openai', '--model', 'gpt-5'],
    ]) {
      const report = await reportOf(...args);
      expect(isPolicy(report), JSON.stringify(isPolicy.errors)).toBe(true);
      expect(isPolicy({ ...report, extra: 1 })).toBe(false);
    }
    const unsafe = runProgram(['policy', 'explain', '--json'], { env: { HOME: UNSAFE_HOME } });
    expect(isPolicy(JSON.parse(unsafe.out))).toBe(true);
    expect(isPolicy(JSON.parse(runProgram(['policy', 'explain', '--json'], { env: { HOME: '/none' } }).out))).toBe(
      true,
    );
  });

  it('takes what is asked', async () => {
    const direct = await reportOf('--channel', 'telegram', '--account', 'Support', '--peer', '42');
    expect(direct.question).toEqual({
      agent: 'work',
      channel: 'telegram',
      kind: 'direct',
      sender: 'anyone',
      account: 'support',
      peer: '42',
      senderId: '42',
    });
    const room = await reportOf('--channel', 'discord', '--group', '7', '--thread', '--sender', 'owner');
    expect(room.question).toMatchObject({ agent: 'main', kind: 'thread', peer: '7', sender: 'owner' });
    const named = await reportOf('--channel', 'telegram', '--sender', '42');
    expect(named.owner).toMatchObject({ value: true, key: 'channels.telegram.allowFrom' });
    const deep = await reportOf('--subagent', '1');
    expect(deep.tools.find((t) => t.name === 'sessions_spawn')).toMatchObject({ by: 'subagent' });
  });

  it('says when the message goes to another agent', async () => {
    const { notes } = await reportOf('--agent', 'main', '--channel', 'telegram');
    expect(notes).toContain('Such a message goes to the agent work, not to main.');
  });

  it.each([
    [['--agent', 'wrk'], 'there is no agent "wrk"', 'Did you mean work?'],
    [['--agent', 'zzzzzzzz'], 'there is no agent "zzzzzzzz"', 'Known: main, work'],
    [['--channel', 'telegrm'], 'there is no channel "telegrm"', 'Did you mean telegram?'],
    [['--channel', 'telegram', '--account', 'suport'], 'telegram has no account "suport"', 'Did you mean support?'],
    [['--group', '7'], '--group needs --channel', ''],
    [['--channel', 'telegram', '--group', '7', '--peer', '8'], 'use one of them', ''],
    [['--channel', 'telegram', '--thread'], '--thread needs --group', ''],
    [['--subagent', '0'], 'Expected a depth', ''],
    [['--agent', 'a\u001b[2J'], 'there is no agent "a\\u{1b}[2J"', ''],
  ])('%j is a usage error', async (args, message, hint) => {
    const run = await explain(...args);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain(message);
    expect(run.err).toContain(hint);
  });

  it('says that no agent answers', async () => {
    const home = homeOf(`{ agents: { ownership: 'explicit', entries: { a: {}, b: {} } } }`);
    const run = await runCommand(['policy', 'explain', '--channel', 'telegram', '--openclaw-version', '2026.9.6'], {
      HOME: home,
    });
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain('no agent answers');
  });

  it.each([80, 120])('keeps within %i columns, and colour is not the only signal', async (columns) => {
    const args = ['--channel', 'telegram', '--group', '-100'];
    const plain = await textAt(columns, false, ...args);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour is what is taken away
    expect((await textAt(columns, true, ...args)).replaceAll(/\u001b\[\d+m/g, '')).toBe(plain);
    for (const line of plain.split('\n')) expect(line.length, line).toBeLessThanOrEqual(columns);
  });

  it('shows what others chose as text', async () => {
    const name = 'x\u001b]0;owned\u0007\u202e';
    const home = homeOf(
      JSON.stringify({
        agents: { list: [{ id: 'main' }] },
        channels: { telegram: { groups: { [name]: { tools: { deny: ['exec', name] } } } } },
        tools: { byProvider: { [name]: {} } },
      }),
    );
    for (const more of [[], ['--json']]) {
      const args = ['policy', 'explain', '--channel', 'telegram', '--group', name, '--openclaw-version', '2026.3.7'];
      const { out } = await runCommand([...args, ...more], { HOME: home });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
      expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      expect(out).toContain('exec');
    }
  });

  it('says that there is no home', async () => {
    const { out, code } = await runCommand(['policy', 'explain'], { HOME: join(scratch, 'nobody') });
    expect(code).toBe(0);
    expect(out).toContain('No OpenClaw home');
  });
});
