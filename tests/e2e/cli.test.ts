import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKS } from '../../src/checks/registry.ts';
import { main } from '../../src/cli/main.ts';
import type { Report } from '../../src/core/report.ts';
import { runCommand } from '../kit/command-line.ts';
import { HARDENED_HOME, PROGRAM, runProgram, UNSAFE_HOME } from '../kit/program.ts';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'openclaw-security-cli-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const unsafe = join(scratch, 'unsafe');
const safe = join(scratch, 'safe');
beforeAll(() => {
  cpSync(UNSAFE_HOME, unsafe, { recursive: true });
  cpSync(HARDENED_HOME, safe, { recursive: true });
  spawnSync('chmod', ['-R', 'u=rwX,go=', safe]);
});

const TOKENS = { OPENCLAW_GATEWAY_TOKEN: 'Zk3vQ8tLx2Wm9RbYh5Nc7Pd4aa', TELEGRAM_BOT_TOKEN: 'unused' };
const onUnsafe = (...args: string[]) => runCommand(args, { HOME: unsafe }, scratch);
const onSafe = (...args: string[]) => runCommand(args, { HOME: safe, ...TOKENS }, scratch);

const jsonOf = async (...args: string[]) => JSON.parse((await onUnsafe('audit', '--json', ...args)).out) as Report;

describe('exit codes', () => {
  it.each([
    [0, []],
    [0, ['--fail-on', 'never']],
    [1, ['--fail-on', 'critical']],
    [1, ['--fail-on', 'warn']],
    [1, ['--fail-on', 'info']],
    [1, ['--fail-on', 'critical', '--json']],
    [1, ['--fail-on', 'critical', '--strict']],
    [0, ['--only', 'discovery', '--fail-on', 'critical', '--skip', 'discovery.mdns_full_mode']],
    [2, ['--fail-on', 'bad']],
    [2, ['--no-such-option']],
    [2, ['--openclaw-version', 'latest']],
    [2, ['--profile', '../x']],
    [2, ['--dry-run']],
    [2, ['--quiet', '--verbose']],
    [2, ['--dev', '--profile', 'work']],
    [2, ['--from', '/nowhere.json']],
  ] as const)('%i for the unsafe home with %j', async (code, args) => {
    const run = await onUnsafe('audit', ...args);
    expect(run.code, run.err).toBe(code);
    expect(run.out === '', 'a usage error prints nothing on stdout').toBe(code === 2);
    if (code === 2) expect(run.err.trim().split('\n').length, run.err).toBeLessThanOrEqual(3);
  });

  it.each([
    [0, ['--fail-on', 'critical', '--strict']],
    [0, ['--fail-on', 'warn']],
    [1, ['--fail-on', 'info']],
  ] as const)('%i for the hardened home with %j', async (code, args) => {
    const run = await onSafe('audit', ...args);
    expect(run.code, run.out).toBe(code);
  });

  it('3 with --strict where something is not known, 0 without', async () => {
    const args = ['audit', '--only', 'gateway', '--skip', 'gateway.auth_no_rate_limit'];
    const run = await runCommand([...args, '--strict'], { HOME: safe, TELEGRAM_BOT_TOKEN: 'x' }, scratch);
    expect(run.out).toContain('NOT KNOWN');
    expect(run.code).toBe(3);
    expect((await runCommand(args, { HOME: safe, TELEGRAM_BOT_TOKEN: 'x' }, scratch)).code).toBe(0);
  });
});

describe('--only and --skip', () => {
  it('take ids, their first words, lists and repetition', async () => {
    const only = await jsonOf('--only', 'hooks,discovery', '--only', 'gateway.token_too_short');
    expect(new Set(only.findings.map((f) => f.checkId.split('.')[0]))).toEqual(
      new Set(['hooks', 'discovery', 'gateway']),
    );
    expect(only.findings.filter((f) => f.checkId.startsWith('gateway.')).map((f) => f.checkId)).toEqual([
      'gateway.token_too_short',
    ]);
    const skipped = await jsonOf('--skip', 'hooks', '--skip', 'channels.telegram');
    const ids = skipped.findings.map((f) => f.checkId);
    expect(ids.filter((id) => id.startsWith('hooks.') || id.startsWith('channels.telegram.'))).toEqual([]);
    expect(ids).toContain('channels.discord.dm.open');
  });

  it.each([
    ['--only', 'gatway', 'gateway'],
    ['--skip', 'hooks.token_to_short', 'hooks.token_too_short'],
    ['--only', 'qqqqqqqqqqqq', undefined],
  ])('%s %s is an error', async (option, selector, meant) => {
    for (const more of [[], ['--only', 'hooks'], ['--json']]) {
      const run = await onUnsafe('audit', option, selector, ...more);
      expect(run).toMatchObject({ code: 2, out: '' });
      expect(run.err).toContain(`no check matches ${option} ${selector}`);
      expect(run.err).toContain(meant ? `Did you mean ${meant}?` : 'openclaw-security checks');
    }
  });
});

describe('accepted findings', () => {
  const file = (name: string, text: string) => {
    writeFileSync(join(scratch, name), text);
    return join(scratch, name);
  };

  it('--suppressions and --suppress take findings out, list them with the reason, and say what is not counted', async () => {
    const list = file(
      'accepted.json5',
      `[
      { id: 'hooks.token_too_short', reason: 'rotated weekly', owner: 'kim', expires: '2099-12-31' },
      { id: 'channels.telegram.dm.open', at: 'channels.telegram.*', reason: 'a public bot' }, // meant so
      { id: 'gateway.token_too_short', reason: 'was fine once', expires: '2020-01-01' },
      { id: 'logging.nothing', reason: 'never there' },
    ]`,
    );
    const args = ['--suppressions', list, '--suppress', 'gateway.secret_guessable=behind a VPN = fine'];
    const report = await jsonOf(...args);
    const ids = report.findings.map((f) => f.checkId);
    expect(ids).not.toContain('hooks.token_too_short');
    expect(ids).not.toContain('channels.telegram.dm.open');
    expect(ids).toContain('channels.discord.dm.open');
    expect(ids).toContain('gateway.token_too_short');
    expect(report.suppressedFindings?.map((f) => [f.checkId, f.suppression.reason, f.suppression.source])).toEqual(
      expect.arrayContaining([
        ['hooks.token_too_short', 'rotated weekly', 'file'],
        ['channels.telegram.dm.open', 'a public bot', 'file'],
        ['gateway.secret_guessable', 'behind a VPN = fine', 'flag'],
      ]),
    );
    expect(report.suppressions).toMatchObject({
      expired: [{ id: 'gateway.token_too_short' }],
      unused: [{ id: 'logging.nothing' }],
    });
    const text = await onUnsafe('audit', ...args, '--fail-on', 'critical');
    expect(text.out).toContain('SUPPRESSED (3)');
    expect(text.out).toContain('past its last day');
    expect(text.err).toContain('Not counted for --fail-on critical: 1 suppressed.');
  });

  it.each([
    ['{}', 'must hold a list'],
    ['[', 'is not JSON5'],
    ['', 'is not JSON5'],
    ['[{ id: "a" }]', 'a reason is missing'],
    ['[{ reason: "a" }]', 'id is missing'],
    ['[{ id: "a", reason: "b", until: "c" }]', 'no field "until"'],
    ['[{ id: "a", reason: "b", expires: "soon" }]', 'expires must be a day'],
    ['[7]', 'expected an object'],
    ['[{ id: 7, reason: "b" }]', 'id must be a string'],
  ])('a suppression file of %j is refused', async (text, why) => {
    const run = await onUnsafe('audit', '--suppressions', file('bad.json5', text));
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain(why);
  });

  it.each(['gateway.tailscale_serve', '=why', 'a='])('--suppress %s is refused', async (value) => {
    expect(await onUnsafe('audit', '--suppress', value)).toMatchObject({ code: 2, out: '' });
  });

  it('a baseline lets only what is new or worse count', async () => {
    const baseline = join(scratch, 'baseline.json');
    expect((await onUnsafe('audit', '--quiet', '--write-baseline', baseline)).code).toBe(0);
    const again = await onUnsafe('audit', '--baseline', baseline, '--fail-on', 'info');
    expect(again.code).toBe(0);
    expect(again.err).toMatch(/^Not counted for --fail-on info: \d+ known from the baseline\.\n$/);
    const worse = join(scratch, 'worse');
    cpSync(unsafe, worse, { recursive: true });
    const config = join(worse, '.openclaw/openclaw.json');
    // Lines move, one finding comes, one goes.
    writeFileSync(
      config,
      `\n\n${readFileSync(config, 'utf8').replace('logging: { redactSensitive: "off" },', 'cron: {},').replace('mdns: { mode: "full" }', 'mdns: { mode: "minimal" }').replace('port: 18789', 'port: 18789, customBindHost: "x", tailscale: { mode: "funnel" }')}`,
    );
    const run = await runCommand(
      [
        'audit',
        '--json',
        '--baseline',
        baseline,
        '--state-dir',
        join(worse, '.openclaw'),
        '--config',
        config,
        '--fail-on',
        'critical',
      ],
      { HOME: unsafe },
      scratch,
    );
    const report = JSON.parse(run.out) as Report;
    const isNew = report.findings
      .filter((f) => f.baselineState === 'new' && f.refs[0]?.kind === 'key')
      .map((f) => f.checkId);
    expect(isNew).toContain('gateway.tailscale_funnel');
    expect(report.baseline!.gone).toBeGreaterThan(0);
    expect(run.code).toBe(1);
  });

  it.each(['', '{', '[]', '{"a":1}'])('a baseline of %j is refused', async (text) => {
    const run = await onUnsafe('audit', '--baseline', file('bad-baseline.json', text));
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain('is not a baseline');
  });
});

describe('typing mistakes', () => {
  it.each([
    ['adit', 'audit'],
    ['snapshto', 'snapshot'],
    ['explian', 'explain'],
    ['check', 'checks'],
    ['undoo', 'undo'],
    ['audit --jsno', '--json'],
    ['audit --failon critical', '--fail-on'],
    ['--jsno audit', '--json'],
    ['fix aply', 'apply'],
    ['policy explian', 'explain'],
    ['policy explain --agnet x', '--agent'],
    ['snapshot --output x', '--out'],
    ['explain gateway.bind_noauth', 'gateway.bind_no_auth'],
  ])('%s: did you mean %s?', async (line, meant) => {
    const run = await onUnsafe(...line.split(' '));
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toMatch(new RegExp(`Did you mean (?:one of )?[^?]*${meant}`));
  });

  it('no command prints the help on stderr', async () => {
    const run = await onUnsafe();
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain('Commands:');
  });
});

describe('help', () => {
  const COMMANDS = [
    '',
    'audit',
    'scan',
    'paths',
    'snapshot',
    'fix',
    'fix plan',
    'fix apply',
    'undo',
    'recover',
    'explain',
    'checks',
    'policy',
    'policy explain',
  ];
  const helpOf = async (command: string, columns = 80) => {
    let out = '';
    const take = (text: string) => {
      out += text;
    };
    const terminal = {
      out: take,
      err: take,
      stdoutIsTerminal: false,
      stderrIsTerminal: false,
      columns,
      env: {},
      cwd: '/',
    };
    expect(await main([...command.split(' ').filter(Boolean), '--help'], terminal)).toBe(0);
    return out;
  };

  it.each(COMMANDS)('of "%s" reads as reviewed at 80 columns', async (command) => {
    const text = await helpOf(command);
    await expect(text).toMatchFileSnapshot(`help/${command.replace(' ', '-') || 'program'}.txt`);
    for (const line of text.split('\n'))
      if (!line.startsWith('  $ ')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('is the same from help <command>, and each command is told of', async () => {
    expect((await onUnsafe('help', 'audit')).out).toBe((await onUnsafe('audit', '--help')).out);
    const program = await helpOf('');
    for (const command of COMMANDS) expect(program).toContain(command.split(' ')[0]);
  });

  it('the version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
      version: string;
    };
    expect((await onUnsafe('--version')).out).toBe(`${version}\n`);
    expect(runProgram(['--version']).out).toBe(`${version}\n`);
  });
});

describe('colour', () => {
  const isColoured = (env: Record<string, string>, args: string[] = []) =>
    runProgram(['audit', ...args], { env: { HOME: unsafe, ...env } }).out.includes('\u001b[');

  it.each([
    [false, {}, []],
    [true, { FORCE_COLOR: '1' }, []],
    [false, { FORCE_COLOR: '0' }, []],
    [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, []],
    [false, { FORCE_COLOR: '1' }, ['--no-color']],
    [false, { FORCE_COLOR: '1', TERM: 'dumb' }, []],
    [false, { FORCE_COLOR: '1' }, ['--json']],
  ] as const)('%s with %j %j', (coloured, env, args) => {
    expect(isColoured(env, [...args])).toBe(coloured);
  });

  it('on a terminal, and the words are the same without', () => {
    const run = (args: string) =>
      spawnSync('script', ['-qec', `${process.execPath} ${PROGRAM} audit ${args}`, '/dev/null'], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH!, HOME: unsafe, TERM: 'xterm' },
      }).stdout;
    const coloured = run('');
    expect(coloured).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken away
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(run('--no-color'));
  });
});

describe('no home', () => {
  it('is said in a sentence, exits 0 and creates nothing', () => {
    const home = join(scratch, 'empty-home');
    mkdirSync(home);
    for (const args of [['audit'], ['audit', '--strict', '--fail-on', 'info'], ['audit', '--fix']]) {
      const run = runProgram(args, { env: { HOME: home }, cwd: home });
      expect(run).toMatchObject({ code: 0, err: '' });
      expect(run.out).toMatch(
        /^No OpenClaw home: neither .+ nor .+ exists\. Nothing was audited and nothing was created\.\n$/,
      );
    }
    const report = JSON.parse(runProgram(['audit', '--json'], { env: { HOME: home } }).out) as Report;
    expect(report.target).toMatchObject({ homeFound: false, configStatus: 'missing' });
    expect(readdirSync(home)).toEqual([]);
  });
});

describe('explain and checks', () => {
  it('every check can be explained by its id', async () => {
    for (const { id } of CHECKS) {
      const run = await onUnsafe('explain', id);
      expect(run.code, id).toBe(0);
      expect(run.out).toContain('What to do');
      expect(run.out).toContain('Unsafe:');
    }
  });

  it('every finding of the unsafe home can be explained by the id it is printed with', async () => {
    for (const id of new Set((await jsonOf()).findings.map((f) => f.checkId))) {
      const run = await onUnsafe('explain', id);
      expect(run.code, id).toBe(0);
      expect(run.out, id).toContain(id);
    }
    const filled = await onUnsafe('explain', 'channels.telegram.dm.open');
    expect(filled.out).toContain('Anybody on telegram may write to the bot');
    expect(filled.out).not.toMatch(/\{\w+\}/);
  });

  it('the catalogue lists every check, as text and as JSON', async () => {
    const text = (await onUnsafe('checks')).out;
    for (const { id } of CHECKS) expect(text).toContain(id);
    const list = JSON.parse((await onUnsafe('checks', '--json')).out) as { id: string; severities: string[] }[];
    expect(list.map((c) => c.id)).toEqual(CHECKS.map((c) => c.id));
  });
});

describe('snapshot --out', () => {
  it('writes a new private file and never over another', async () => {
    const file = join(scratch, 'facts.json');
    const run = await onUnsafe('snapshot', '--out', file);
    expect(run).toMatchObject({ code: 0, out: '' });
    const before = readFileSync(file, 'utf8');
    expect(await onUnsafe('snapshot', '--out', file)).toMatchObject({ code: 2, out: '' });
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect((await onUnsafe('audit', '--from', file, '--fail-on', 'critical')).code).toBe(1);
    expect(existsSync(join(unsafe, '.openclaw/state'))).toBe(false);
  });
});

describe('a reader that goes away', () => {
  it.each([
    'audit | head -1',
    'audit --json | head -c 10',
    'checks | head -1',
    'snapshot | head -1',
    'checks | true',
    '--help | true',
  ])('%s is quiet', (line) => {
    const [ours, reader] = line.split(' | ') as [string, string];
    const run = spawnSync('sh', ['-c', `"$0" "$1" ${ours} | ${reader}`, process.execPath, PROGRAM], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH!, HOME: unsafe },
      timeout: 20_000,
    });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
  });

  it('a slow reader gets all of it', () => {
    const whole = runProgram(['checks', '--json']).out;
    expect(whole.length).toBeGreaterThan(65_536);
    const run = spawnSync('sh', ['-c', '"$0" "$1" checks --json | (sleep 0.3; cat)', process.execPath, PROGRAM], {
      encoding: 'utf8',
      maxBuffer: 1 << 24,
    });
    expect(run.stdout === whole).toBe(true);
  });

  it('a pipe that takes nothing for a moment gets all of it too', () => {
    const env = { HOME: unsafe };
    const log = join(scratch, 'writes.strace');
    const tracing = ['strace', '-qq', '-o', log, '-e', 'trace=write'];
    const withoutTime = (text: string) => text.replace(/"ts": \d+/, '');
    const whole = runProgram(['audit', '--json'], { env, before: tracing }).out;
    const writes = readFileSync(log, 'utf8').split('\n');
    const first = writes.findIndex((l) => l.startsWith('write(1,')) + 1;
    expect(first, 'no write was seen').toBeGreaterThan(0);
    const refused = [...tracing, '-e', `inject=write:error=EAGAIN:when=${first}`];
    const run = runProgram(['audit', '--json'], { env, before: refused });
    expect(readFileSync(log, 'utf8')).toMatch(/write\(1,.*EAGAIN/);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(withoutTime(run.out) === withoutTime(whole)).toBe(true);
  });
});
