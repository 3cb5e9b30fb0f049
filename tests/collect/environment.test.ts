import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CollectedEnvironment, collectEnvironment } from '../../src/collect/environment.ts';
import { createSecretKey } from '../../src/collect/secret.ts';
import { isExportedFromConfig, isPlainValue, isSecretName } from '../../src/collect/variables.ts';
import type { AttemptedMove } from '../../src/core/snapshot.ts';

const key = createSecretKey();
let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'environment-'));
});
afterEach(() => rmSync(stateDir, { recursive: true }));

interface Sources {
  readonly process?: Readonly<Record<string, string>>;
  /** Text of `<state>/.env`. */
  readonly dotenv?: string;
  /** The config's `env` block. */
  readonly config?: readonly (readonly [name: string, value: string])[];
  readonly referenced?: readonly string[];
  readonly secret?: readonly string[];
}

function collect(sources: Sources): CollectedEnvironment {
  if (sources.dotenv !== undefined) writeFileSync(join(stateDir, '.env'), sources.dotenv);
  return collectEnvironment({
    env: sources.process ?? {},
    stateDir,
    referencedNames: [...(sources.referenced ?? []), ...(sources.secret ?? [])],
    secretNames: sources.secret ?? [],
    configEnvBlock: (sources.config ?? []).map(([name, value]) => ({ name, value })),
    key,
  });
}

describe('which source wins', () => {
  interface Precedence extends Sources {
    readonly name: string;
    readonly expected: { readonly source: string; readonly value: string; readonly line?: number } | undefined;
  }
  const CASES: readonly Precedence[] = [
    { name: 'none', expected: undefined },
    {
      name: 'process',
      process: { X: 'p' },
      dotenv: 'X=d',
      config: [['X', 'c']],
      expected: { source: 'process', value: 'p' },
    },
    { name: '.env', dotenv: '\nX=d', config: [['X', 'c']], expected: { source: 'state-dotenv', value: 'd', line: 2 } },
    { name: 'the last of two in .env', dotenv: 'X=1\nX=2', expected: { source: 'state-dotenv', value: '2', line: 2 } },
    { name: 'config', config: [['X', 'c']], expected: { source: 'config-env', value: 'c' } },
    {
      name: 'the last of two in the config',
      config: [
        ['X', '1'],
        ['X', '2'],
      ],
      expected: { source: 'config-env', value: '2' },
    },
    {
      name: 'a blank variable keeps .env away',
      process: { X: '' },
      dotenv: 'X=d',
      expected: { source: 'process', value: '' },
    },
    {
      name: 'the config fills a blank variable',
      process: { X: ' ' },
      config: [['X', 'c']],
      expected: { source: 'config-env', value: 'c' },
    },
    {
      name: 'the config fills a blank one of .env',
      dotenv: 'X=',
      config: [['X', 'c']],
      expected: { source: 'config-env', value: 'c' },
    },
    { name: 'a blank one of .env', dotenv: 'X=', expected: { source: 'state-dotenv', value: '', line: 1 } },
    { name: 'a blank one of the config is none', config: [['X', ' ']], expected: undefined },
    {
      name: 'a name with blanks around in the config',
      config: [[' X ', 'c']],
      expected: { source: 'config-env', value: 'c' },
    },
    {
      name: 'the config refers to a variable that is set',
      process: { Y: 'y' },
      config: [['X', `a\${Y}b`]],
      expected: { source: 'config-env', value: 'ayb' },
    },
    {
      name: 'the config refers to another of the block',
      config: [
        ['X', `\${Y}`],
        ['Y', 'y'],
      ],
      expected: { source: 'config-env', value: 'y' },
    },
    { name: 'the config refers to one that is not set', config: [['X', `\${Y}`]], expected: undefined },
    { name: 'the config refers to itself', config: [['X', `\${X}`]], expected: undefined },
    {
      name: 'two refer to each other',
      config: [
        ['X', `\${Y}`],
        ['Y', `\${X}`],
      ],
      expected: undefined,
    },
  ];
  it.each(CASES)('$name', (sources) => {
    const { facts, gateway } = collect({ ...sources, referenced: ['X'] });
    expect(facts.vars.X).toEqual(sources.expected);
    expect(gateway.get('X')?.trim()).toBe(sources.expected?.value);
    expect(gateway.fact('X')).toEqual(sources.expected);
  });

  const REFUSED = [
    'NODE_OPTIONS',
    'node_options',
    'HOME',
    'LD_PRELOAD',
    'DYLD_INSERT_LIBRARIES',
    'npm_config_registry',
    'GIT_CONFIG_COUNT',
    'A-B',
    '1A',
    'A B',
    '',
  ];
  it.each(REFUSED)('%j in the config is refused', (name) => {
    expect(isExportedFromConfig(name)).toBe(false);
    expect(collect({ config: [[name, 'x']], referenced: [name] }).facts.vars).toEqual({});
  });
});

describe('what is looked at', () => {
  it('the variables that OpenClaw reads and those the config refers to', () => {
    const process = { OPENCLAW_GATEWAY_PORT: '19001', IRC_TLS: 'false', MY_BIND: 'lan', UNRELATED: 'x', MY_AWS: 'y' };
    expect(collect({ process, referenced: ['MY_BIND', 'NOT_SET'] }).facts.vars).toEqual({
      OPENCLAW_GATEWAY_PORT: { source: 'process', value: '19001' },
      IRC_TLS: { source: 'process', value: 'false' },
      MY_BIND: { source: 'process', value: 'lan' },
    });
  });

  it('no property that every object has', () => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
    const { facts, gateway } = collect({ process: process.env as Record<string, string>, secret: names });
    expect(Object.keys(facts.vars).filter((name) => names.includes(name))).toEqual([]);
    expect(facts.vars.constructor).toBeUndefined();
    expect(names.map((name) => gateway.get(name))).toEqual(names.map(() => undefined));
    expect(Object.keys(collect({ dotenv: '__proto__=x', referenced: ['__proto__'] }).facts.vars)).toEqual([
      '__proto__',
    ]);
  });

  it('never the .env of the working directory', () => {
    const script = join(stateDir, 'environment.cjs');
    buildSync({
      stdin: {
        contents: `export * from './src/collect/environment.ts'; export * from './src/collect/secret.ts';`,
        resolveDir: new URL('../..', import.meta.url).pathname,
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: script,
    });
    const work = join(stateDir, 'work');
    mkdirSync(work);
    writeFileSync(join(work, '.env'), 'OPENCLAW_GATEWAY_TOKEN=from-cwd\nIRC_HOST=from-cwd');
    const code = `const { collectEnvironment, createSecretKey } = require(process.argv[1]);
      const none = { env: process.env, referencedNames: [], secretNames: [], configEnvBlock: [], key: createSecretKey() };
      console.log(JSON.stringify(collectEnvironment({ ...none, stateDir: process.argv[2] }).facts));`;
    const run = (dir: string): unknown =>
      JSON.parse(execFileSync(process.execPath, ['-e', code, script, dir], { cwd: work, env: {}, encoding: 'utf8' }));
    expect(run(join(stateDir, 'other'))).toMatchObject({ vars: {}, stateDotenv: { status: 'missing' } });
    expect(run(work)).toMatchObject({ vars: { IRC_HOST: { value: 'from-cwd' } } });
  });
});

describe('secrets', () => {
  const CANARY = 'cAnArY7Qz';
  /** Every form in which a result may leave the process. */
  const shown = (value: unknown): string =>
    JSON.stringify(value) +
    inspect(value, { depth: 20, showHidden: true, getters: true }) +
    JSON.stringify(structuredClone({ ...(value as object), gateway: undefined }));

  const SOURCES: [name: string, sources: Sources][] = [
    ['gateway token in the environment', { process: { OPENCLAW_GATEWAY_TOKEN: CANARY } }],
    ['gateway password in .env', { dotenv: `OPENCLAW_GATEWAY_PASSWORD='${CANARY}'` }],
    ['legacy token', { process: { CLAWDBOT_GATEWAY_TOKEN: CANARY } }],
    [
      'bot tokens in the config',
      {
        config: [
          ['TELEGRAM_BOT_TOKEN', CANARY],
          ['SLACK_APP_TOKEN', CANARY],
        ],
      },
    ],
    ['service account', { process: { GOOGLE_CHAT_SERVICE_ACCOUNT: `{"private_key":"${CANARY}"}` } }],
    ['webhook address', { process: { SYNOLOGY_CHAT_INCOMING_URL: `https://nas/${CANARY}` } }],
    ['credentials in a URL', { process: { OPENCLAW_GATEWAY_URL: `wss://me:${CANARY}@gw` } }],
    ['a token in the query of a URL', { process: { OPENCLAW_GATEWAY_URL: `wss://gw/?token=${CANARY}` } }],
    ['a word where a secret belongs', { process: { WORD: CANARY }, secret: ['WORD'] }],
    ['a name that says so', { process: { MY_API_KEY: CANARY }, referenced: ['MY_API_KEY'] }],
    ['the shape of a token', { process: { THING: `sk-${CANARY}0123456789` }, referenced: ['THING'] }],
    ['a long run of letters and digits', { process: { THING: `${CANARY}${CANARY}${CANARY}` }, referenced: ['THING'] }],
    ['a text longer than any setting', { process: { THING: ` ${CANARY}`.repeat(200) }, referenced: ['THING'] }],
    ['a secret through a reference', { process: { WORD: CANARY }, config: [['OPENCLAW_GATEWAY_TOKEN', `\${WORD}`]] }],
    ['a .env that is not closed', { dotenv: `OPENCLAW_GATEWAY_TOKEN="${CANARY}\nB=1` }],
    ['nothing asks for it', { dotenv: `UNRELATED=${CANARY}`, process: { OTHER: CANARY } }],
  ];
  it.each(SOURCES)('%s is nowhere in the result', (_, sources) => {
    expect(shown(collect(sources))).not.toContain(CANARY);
  });

  it('are facts that can be compared', () => {
    const { facts, gateway } = collect({
      process: { OPENCLAW_GATEWAY_TOKEN: ` ${CANARY} ` },
      dotenv: `A=1\nHOOK=${CANARY}`,
      secret: ['HOOK'],
    });
    const secret = { lengthClass: '8-15', fingerprint: facts.vars.HOOK?.secret?.fingerprint };
    expect(secret.fingerprint).toMatch(/^[0-9a-f]{32}$/);
    expect(facts.vars).toEqual({
      OPENCLAW_GATEWAY_TOKEN: { source: 'process', secret: { ...secret, origin: 'process-env' } },
      HOOK: { source: 'state-dotenv', line: 2, secret: { ...secret, origin: 'state-dotenv' } },
    });
    expect(gateway.get('HOOK')).toBe(CANARY);
  });

  it('that are blank are placeholders', () => {
    expect(collect({ process: { OPENCLAW_GATEWAY_TOKEN: ' ' } }).facts.vars.OPENCLAW_GATEWAY_TOKEN).toMatchObject({
      secret: { placeholder: 'empty', lengthClass: '0' },
    });
  });

  const NAMES: { [kind: string]: readonly string[] } = {
    secret: [
      'OPENCLAW_GATEWAY_TOKEN',
      'TELEGRAM_BOT_TOKEN',
      'LINE_CHANNEL_SECRET',
      'BRAVE_API_KEY',
      'KEY',
      'MY_KEYS',
      'DB_PASS',
      'MYSQL_PWD',
      'PASSWD',
      'SSH_PASSPHRASE',
      'AUTH',
      'BASIC_AUTH',
      'SESSION_ID',
      'COOKIE',
      'JWT',
      'SENTRY_DSN',
      'AWS_CREDENTIALS',
      'apiKey',
      'botToken',
      'SLACK_WEBHOOK_URL',
      'GOOGLE_CHAT_SERVICE_ACCOUNT',
    ],
    plain: [
      'OPENCLAW_STATE_DIR',
      'OPENCLAW_GATEWAY_PORT',
      'BIND',
      'PWD',
      'OLDPWD',
      'KEYBOARD',
      'MONKEY',
      'COMPASS',
      'AUTHOR',
      'IRC_NICK',
      'TOKEN_FILE',
      'PRIVATE_KEY_PATH',
      'GOOGLE_CHAT_SERVICE_ACCOUNT_FILE',
      'SECRETS_DIR',
      'MATRIX_USER_ID',
    ],
  };
  it.each(NAMES.secret!)('%s names a secret', (name) => expect(isSecretName(name)).toBe(true));
  it.each(NAMES.plain!)('%s names none', (name) => expect(isSecretName(name)).toBe(false));

  const SETTINGS = [
    '',
    'lan',
    '19001',
    'true',
    '/home/me/.openclaw',
    '~/data',
    'C:\\Users\\me\\data',
    'https://matrix.example.org',
    '@bot:example.org',
    '0f8fad5b-d9cb-469f-a165-70867728950e',
    '111111111111,222222222222',
    'anthropic/claude-opus-4-6',
    'irc.libera.chat',
  ];
  it.each(SETTINGS)('%j is kept as it is', (value) => expect(isPlainValue(value)).toBe(true));
});

describe('variables that would move what is audited', () => {
  const CASES: [name: string, sources: Sources, moves: readonly AttemptedMove[]][] = [
    [
      'in .env',
      { dotenv: 'A=1\nOPENCLAW_STATE_DIR=/elsewhere' },
      [{ name: 'OPENCLAW_STATE_DIR', source: 'state-dotenv', line: 2, effective: true }],
    ],
    [
      'in the config',
      { config: [['OPENCLAW_OAUTH_DIR', '/elsewhere']] },
      [{ name: 'OPENCLAW_OAUTH_DIR', source: 'config-env', effective: true }],
    ],
    [
      'in both',
      { dotenv: 'OPENCLAW_CONFIG_PATH=/a', config: [['OPENCLAW_CONFIG_PATH', '/b']] },
      [
        { name: 'OPENCLAW_CONFIG_PATH', source: 'state-dotenv', line: 1, effective: true },
        { name: 'OPENCLAW_CONFIG_PATH', source: 'config-env', effective: false },
      ],
    ],
    [
      'where the environment comes first',
      {
        process: { OPENCLAW_STATE_DIR: '/real', PATH: '/bin' },
        dotenv: 'PATH=/evil',
        config: [['OPENCLAW_STATE_DIR', '/elsewhere']],
      },
      [
        { name: 'OPENCLAW_STATE_DIR', source: 'config-env', effective: false },
        { name: 'PATH', source: 'state-dotenv', line: 1, effective: false },
      ],
    ],
    [
      'gateway address and legacy names',
      { dotenv: 'CLAWDBOT_STATE_DIR=/a\nOPENCLAW_GATEWAY_URL=wss://evil' },
      [
        { name: 'CLAWDBOT_STATE_DIR', source: 'state-dotenv', line: 1, effective: true },
        { name: 'OPENCLAW_GATEWAY_URL', source: 'state-dotenv', line: 2, effective: true },
      ],
    ],
    ['blank ones and refused ones do not', { dotenv: 'OPENCLAW_HOME=', config: [['HOME', '/elsewhere']] }, []],
  ];
  it.each(CASES)('%s', (_, sources, moves) => {
    const { facts } = collect(sources);
    expect(facts.attemptedMoves ?? []).toEqual(moves);
    expect(facts.stateDotenv.path).toBe(join(stateDir, '.env'));
  });
});

describe('the state of <state>/.env', () => {
  it('missing, read', () => {
    expect(collect({})).toMatchObject({ facts: { stateDotenv: { status: 'missing' } }, gaps: [] });
    expect(collect({ dotenv: '\ufeffIRC_HOST=a' })).toMatchObject({
      facts: { stateDotenv: { status: 'ok' }, vars: { IRC_HOST: { value: 'a', line: 1 } } },
      gaps: [],
    });
  });

  const HOSTILE: [name: string, make: (path: string) => void, reason: string][] = [
    ['a directory', (path) => mkdirSync(path), 'directory'],
    ['too large', (path) => writeFileSync(path, 'A=1\n'.repeat(300_000)), 'larger'],
    [
      'UTF-16',
      (path) => writeFileSync(path, Buffer.from('\ufeffOPENCLAW_GATEWAY_TOKEN=cAnArY7Qz', 'utf16le')),
      'UTF-16',
    ],
  ];
  if (process.platform !== 'win32')
    HOSTILE.push(['a named pipe', (path) => execFileSync('mkfifo', [path]), 'named pipe']);
  it.each(HOSTILE)('%s is a gap, and the rest goes on', (_, make, reason) => {
    make(join(stateDir, '.env'));
    const collected = collect({ process: { IRC_HOST: 'a' } });
    expect(collected).toMatchObject({
      facts: { stateDotenv: { status: 'unreadable' }, vars: { IRC_HOST: { value: 'a' } } },
      gaps: [{ what: join(stateDir, '.env'), reason: expect.stringContaining(reason) }],
    });
    expect(JSON.stringify(collected)).not.toContain('cAnArY');
  });

  it('stays quick with a hundred thousand references', () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `NAME_${i}`);
    const start = performance.now();
    collect({ referenced: names, config: names.map((name, i) => [name, `\${NAME_${i + 1}}`] as const) });
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
