import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expandUserPath, HomeError, type HomeOptions, resolveHome } from '../../src/collect/home.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'home-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** `/…` in data is below the scratch directory; the user's home is `/u`, the working directory `/w`. */
const real = (path: string): string => (path.startsWith('/') ? join(root, path) : path);

function layOut(paths: readonly string[]): void {
  for (const path of ['/u/', '/w/', ...paths]) {
    if (path.endsWith('/')) mkdirSync(real(path), { recursive: true });
    else {
      mkdirSync(dirname(real(path)), { recursive: true });
      writeFileSync(real(path), '{}');
    }
  }
}

interface HomeCase {
  readonly name: string;
  readonly has?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly options?: Partial<Omit<HomeOptions, 'env'>>;
  readonly state: readonly [path: string, source: string];
  readonly config: readonly [path: string, source: string];
  readonly credentials?: readonly [path: string, source: string];
  readonly found?: boolean;
  readonly profile?: string;
}

const DEFAULT_CONFIG = ['/u/.openclaw/openclaw.json', 'default'] as const;
const DEFAULT_STATE = ['/u/.openclaw', 'default'] as const;

const CASES: readonly HomeCase[] = [
  { name: 'nothing is there', state: DEFAULT_STATE, config: DEFAULT_CONFIG, found: false },
  { name: 'the usual place', has: ['/u/.openclaw/openclaw.json'], state: DEFAULT_STATE, config: DEFAULT_CONFIG },
  { name: 'a state directory alone is found', has: ['/u/.openclaw/'], state: DEFAULT_STATE, config: DEFAULT_CONFIG },
  {
    name: 'a file in place of the state directory is not an installation',
    has: ['/u/.openclaw'],
    state: DEFAULT_STATE,
    config: DEFAULT_CONFIG,
    found: false,
  },
  {
    name: 'legacy config name in the current directory',
    has: ['/u/.openclaw/moltbot.json', '/u/.openclaw/clawdbot.json'],
    state: DEFAULT_STATE,
    config: ['/u/.openclaw/clawdbot.json', 'legacy name in the state directory'],
  },
  {
    name: 'the current config name comes before legacy ones',
    has: ['/u/.openclaw/clawdbot.json', '/u/.openclaw/openclaw.json'],
    state: DEFAULT_STATE,
    config: DEFAULT_CONFIG,
  },
  {
    name: 'legacy directory',
    has: ['/u/.moltbot/moltbot.json', '/u/.clawdbot/clawdbot.json'],
    state: ['/u/.clawdbot', 'legacy directory ~/.clawdbot'],
    config: ['/u/.clawdbot/clawdbot.json', 'legacy name in the state directory'],
  },
  {
    name: 'misspelt legacy directory with the current config name',
    has: ['/u/.moldbot/openclaw.json'],
    state: ['/u/.moldbot', 'legacy directory ~/.moldbot'],
    config: ['/u/.moldbot/openclaw.json', 'state directory'],
  },
  {
    name: 'current directory without a config, legacy directory with one',
    has: ['/u/.openclaw/', '/u/.clawdbot/clawdbot.json'],
    state: DEFAULT_STATE,
    config: ['/u/.clawdbot/clawdbot.json', 'found in ~/.clawdbot; the state directory holds none'],
  },
  {
    name: 'OPENCLAW_STATE_DIR',
    has: ['/s/openclaw.json', '/u/.openclaw/openclaw.json'],
    env: { OPENCLAW_STATE_DIR: '/s' },
    state: ['/s', 'OPENCLAW_STATE_DIR'],
    config: ['/s/openclaw.json', 'state directory'],
  },
  {
    name: 'OPENCLAW_STATE_DIR without a config: the loader goes on to the usual directories',
    has: ['/s/', '/u/.openclaw/openclaw.json'],
    env: { OPENCLAW_STATE_DIR: '/s' },
    state: ['/s', 'OPENCLAW_STATE_DIR'],
    config: ['/u/.openclaw/openclaw.json', 'found in ~/.openclaw; the state directory holds none'],
  },
  {
    name: 'OPENCLAW_STATE_DIR that does not exist',
    env: { OPENCLAW_STATE_DIR: '/s' },
    state: ['/s', 'OPENCLAW_STATE_DIR'],
    config: ['/s/openclaw.json', 'state directory'],
    found: false,
  },
  {
    name: 'relative OPENCLAW_STATE_DIR with blanks around',
    has: ['/w/data/openclaw.json'],
    env: { OPENCLAW_STATE_DIR: '  data ' },
    state: ['/w/data', 'OPENCLAW_STATE_DIR'],
    config: ['/w/data/openclaw.json', 'state directory'],
  },
  {
    name: 'OPENCLAW_STATE_DIR below ~',
    has: ['/u/data/openclaw.json'],
    env: { OPENCLAW_STATE_DIR: '~/data' },
    state: ['/u/data', 'OPENCLAW_STATE_DIR'],
    config: ['/u/data/openclaw.json', 'state directory'],
  },
  {
    name: 'another user behind ~ is not expanded',
    env: { OPENCLAW_STATE_DIR: '~other/data' },
    state: ['/w/~other/data', 'OPENCLAW_STATE_DIR'],
    config: ['/w/~other/data/openclaw.json', 'state directory'],
    found: false,
  },
  {
    name: 'blank variables do not count',
    has: ['/u/.openclaw/openclaw.json'],
    env: { OPENCLAW_STATE_DIR: ' ', OPENCLAW_CONFIG_PATH: '', OPENCLAW_OAUTH_DIR: '\t', OPENCLAW_HOME: ' ' },
    state: DEFAULT_STATE,
    config: DEFAULT_CONFIG,
  },
  {
    name: 'CLAWDBOT_STATE_DIR',
    has: ['/s/clawdbot.json'],
    env: { OPENCLAW_STATE_DIR: '', CLAWDBOT_STATE_DIR: '/s' },
    state: ['/s', 'CLAWDBOT_STATE_DIR'],
    config: ['/s/clawdbot.json', 'legacy name in the state directory'],
  },
  {
    name: 'OPENCLAW_STATE_DIR comes before CLAWDBOT_STATE_DIR',
    has: ['/s/openclaw.json', '/old/openclaw.json'],
    env: { OPENCLAW_STATE_DIR: '/s', CLAWDBOT_STATE_DIR: '/old' },
    state: ['/s', 'OPENCLAW_STATE_DIR'],
    config: ['/s/openclaw.json', 'state directory'],
  },
  {
    name: 'OPENCLAW_CONFIG_PATH, although the file is missing',
    has: ['/u/.openclaw/openclaw.json'],
    env: { OPENCLAW_CONFIG_PATH: '/etc/claw.json' },
    state: DEFAULT_STATE,
    config: ['/etc/claw.json', 'OPENCLAW_CONFIG_PATH'],
  },
  {
    name: 'a config elsewhere is an installation without a state directory',
    has: ['/etc/claw.json'],
    env: { OPENCLAW_CONFIG_PATH: '/etc/claw.json' },
    state: DEFAULT_STATE,
    config: ['/etc/claw.json', 'OPENCLAW_CONFIG_PATH'],
  },
  {
    name: 'CLAWDBOT_CONFIG_PATH decides for settings and file checks alike',
    has: ['/u/.openclaw/openclaw.json'],
    env: { CLAWDBOT_CONFIG_PATH: '~/old.json' },
    state: DEFAULT_STATE,
    config: ['/u/old.json', 'CLAWDBOT_CONFIG_PATH'],
  },
  {
    name: 'OPENCLAW_OAUTH_DIR',
    has: ['/u/.openclaw/openclaw.json'],
    env: { OPENCLAW_OAUTH_DIR: '~/oauth' },
    state: DEFAULT_STATE,
    config: DEFAULT_CONFIG,
    credentials: ['/u/oauth', 'OPENCLAW_OAUTH_DIR'],
  },
  {
    name: 'OPENCLAW_HOME',
    has: ['/h/.openclaw/openclaw.json', '/u/.openclaw/openclaw.json'],
    env: { OPENCLAW_HOME: '/h' },
    state: ['/h/.openclaw', 'default'],
    config: ['/h/.openclaw/openclaw.json', 'default'],
  },
  {
    name: 'OPENCLAW_HOME below the user home',
    has: ['/u/claw/.openclaw/openclaw.json'],
    env: { OPENCLAW_HOME: '~/claw' },
    state: ['/u/claw/.openclaw', 'default'],
    config: ['/u/claw/.openclaw/openclaw.json', 'default'],
  },
  {
    name: 'the home of the system counts where HOME is blank',
    has: ['/os/.openclaw/openclaw.json'],
    env: { HOME: '' },
    options: { osHomeDir: '/os' },
    state: ['/os/.openclaw', 'default'],
    config: ['/os/.openclaw/openclaw.json', 'default'],
  },
  {
    name: 'USERPROFILE counts where HOME is blank',
    has: ['/p/.openclaw/openclaw.json'],
    env: { HOME: '', USERPROFILE: '/p' },
    state: ['/p/.openclaw', 'default'],
    config: ['/p/.openclaw/openclaw.json', 'default'],
  },
  {
    name: 'no home at all: the working directory',
    has: ['/w/.openclaw/openclaw.json'],
    env: { HOME: '' },
    options: { osHomeDir: '' },
    state: ['/w/.openclaw', 'default'],
    config: ['/w/.openclaw/openclaw.json', 'default'],
  },
  {
    name: '--profile',
    has: ['/u/.openclaw-work/openclaw.json', '/u/.openclaw/openclaw.json'],
    options: { profile: 'work' },
    state: ['/u/.openclaw-work', 'profile work'],
    config: ['/u/.openclaw-work/openclaw.json', 'profile work'],
    profile: 'work',
  },
  {
    name: '--profile tries no other config name or directory',
    has: ['/u/.openclaw-work/clawdbot.json', '/u/.openclaw/openclaw.json'],
    options: { profile: 'work' },
    state: ['/u/.openclaw-work', 'profile work'],
    config: ['/u/.openclaw-work/openclaw.json', 'profile work'],
    profile: 'work',
  },
  {
    name: '--profile default is no profile',
    has: ['/u/.openclaw/openclaw.json'],
    options: { profile: 'Default' },
    state: ['/u/.openclaw', 'profile Default'],
    config: ['/u/.openclaw/openclaw.json', 'profile Default'],
  },
  {
    name: '--dev',
    has: ['/u/.openclaw-dev/openclaw.json'],
    options: { dev: true },
    state: ['/u/.openclaw-dev', 'profile dev'],
    config: ['/u/.openclaw-dev/openclaw.json', 'profile dev'],
    profile: 'dev',
  },
  {
    name: 'the environment comes before the profile',
    has: ['/s/openclaw.json'],
    env: { OPENCLAW_STATE_DIR: '/s', CLAWDBOT_CONFIG_PATH: '/old.json' },
    options: { profile: 'work' },
    state: ['/s', 'OPENCLAW_STATE_DIR'],
    config: ['/s/openclaw.json', 'profile work'],
    profile: 'work',
  },
  {
    name: 'the profile comes before CLAWDBOT_STATE_DIR',
    has: ['/u/.openclaw-work/openclaw.json'],
    env: { CLAWDBOT_STATE_DIR: '/old' },
    options: { profile: 'work' },
    state: ['/u/.openclaw-work', 'profile work'],
    config: ['/u/.openclaw-work/openclaw.json', 'profile work'],
    profile: 'work',
  },
  {
    name: 'OPENCLAW_PROFILE names the profile and moves nothing',
    has: ['/u/.openclaw/openclaw.json', '/u/.openclaw-work/openclaw.json'],
    env: { OPENCLAW_PROFILE: 'work' },
    state: DEFAULT_STATE,
    config: DEFAULT_CONFIG,
    profile: 'work',
  },
  {
    name: 'an OPENCLAW_PROFILE that is no name is not repeated',
    has: ['/u/.openclaw/openclaw.json'],
    env: { OPENCLAW_PROFILE: '$(reboot)' },
    state: DEFAULT_STATE,
    config: DEFAULT_CONFIG,
  },
  {
    name: '--state-dir is an installation of its own',
    has: ['/s/clawdbot.json', '/etc/claw.json', '/u/.openclaw/openclaw.json'],
    env: { OPENCLAW_STATE_DIR: '/e', OPENCLAW_CONFIG_PATH: '/etc/claw.json', OPENCLAW_OAUTH_DIR: '/o' },
    options: { stateDir: '/s' },
    state: ['/s', '--state-dir'],
    config: ['/s/clawdbot.json', 'legacy name in the state directory'],
    credentials: ['/s/credentials', 'state directory'],
  },
  {
    name: '--state-dir without a config does not lead to another installation',
    has: ['/w/s/', '/u/.openclaw/openclaw.json'],
    options: { stateDir: 's' },
    state: ['/w/s', '--state-dir'],
    config: ['/w/s/openclaw.json', 'state directory'],
  },
  {
    name: '--config',
    has: ['/w/my.json', '/etc/claw.json'],
    env: { OPENCLAW_CONFIG_PATH: '/etc/claw.json', OPENCLAW_STATE_DIR: '/s' },
    options: { config: 'my.json' },
    state: ['/s', 'OPENCLAW_STATE_DIR'],
    config: ['/w/my.json', '--config'],
  },
  {
    name: '--config and --state-dir with --profile',
    has: ['/c.json', '/s/'],
    options: { config: '/c.json', stateDir: '/s', profile: 'work' },
    state: ['/s', '--state-dir'],
    config: ['/c.json', '--config'],
    profile: 'work',
  },
];

const PATHS = /^(?:OPENCLAW|CLAWDBOT)_(?:HOME|STATE_DIR|CONFIG_PATH|OAUTH_DIR)$|^HOME$|^USERPROFILE$/;

function optionsOf({ env = {}, options = {} }: Pick<HomeCase, 'env' | 'options'>): HomeOptions {
  const variables = { HOME: '/u', ...env };
  return {
    cwd: real('/w'),
    ...options,
    osHomeDir: real(options.osHomeDir ?? '/u'),
    ...(options.config !== undefined && { config: real(options.config) }),
    ...(options.stateDir !== undefined && { stateDir: real(options.stateDir) }),
    env: Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, PATHS.test(name) ? real(value) : value]),
    ),
  };
}

describe('resolveHome', () => {
  it.each(CASES)('$name', (home) => {
    layOut(home.has ?? []);
    const before = readdirSync(root, { recursive: true });
    const [stateDir, stateDirSource] = home.state;
    const [configPath, configPathSource] = home.config;
    const [credentialsDir, credentialsDirSource] = home.credentials ?? [`${stateDir}/credentials`, 'state directory'];
    expect(resolveHome(optionsOf(home)).facts).toEqual({
      found: home.found ?? true,
      stateDir: real(stateDir),
      stateDirSource,
      configPath: real(configPath),
      configPathSource,
      credentialsDir: real(credentialsDir),
      credentialsDirSource,
      ...(home.profile !== undefined && { profile: home.profile }),
    });
    expect(readdirSync(root, { recursive: true })).toEqual(before);
  });

  it('passes over a config that is a broken link, as the loader does', () => {
    layOut(['/u/.openclaw/moltbot.json']);
    symlinkSync('nowhere', real('/u/.openclaw/openclaw.json'));
    expect(resolveHome(optionsOf({})).facts.configPath).toBe(real('/u/.openclaw/moltbot.json'));
  });

  const VARIABLES: [name: string, options: Partial<HomeOptions>, env: Record<string, string>, expected: object][] = [
    ['no profile', {}, {}, {}],
    [
      '--profile',
      { profile: 'work' },
      {},
      {
        OPENCLAW_PROFILE: 'work',
        OPENCLAW_STATE_DIR: '/u/.openclaw-work',
        OPENCLAW_CONFIG_PATH: '/u/.openclaw-work/openclaw.json',
      },
    ],
    [
      '--dev where paths are set',
      { dev: true },
      { OPENCLAW_STATE_DIR: '/s', OPENCLAW_CONFIG_PATH: '/c' },
      { OPENCLAW_PROFILE: 'dev', OPENCLAW_GATEWAY_PORT: '19001' },
    ],
    [
      '--dev where the port is set',
      { dev: true },
      { OPENCLAW_STATE_DIR: '/s', OPENCLAW_CONFIG_PATH: '/c', OPENCLAW_GATEWAY_PORT: '4' },
      { OPENCLAW_PROFILE: 'dev' },
    ],
  ];
  it.each(VARIABLES)('variables of a profile: %s', (_, options, env, expected) => {
    layOut([]);
    const fill = ([name, value]: [string, string]): [string, string] => [name, real(value)];
    const { profileVariables } = resolveHome(optionsOf({ options, env }));
    expect(profileVariables).toEqual(Object.fromEntries(Object.entries(expected).map(fill)));
  });

  const ERRORS: [name: string, options: Partial<HomeOptions>, message: RegExp][] = [
    ['blank --config', { config: ' ' }, /--config needs a path/],
    ['blank --state-dir', { stateDir: '' }, /--state-dir needs a path/],
    ['blank --profile', { profile: '' }, /--profile needs a name/],
    ['a path as profile', { profile: '../../etc' }, /letters, digits/],
    ['a profile that starts with a dash', { profile: '-x' }, /letters, digits/],
    ['a profile of 65 characters', { profile: 'x'.repeat(65) }, /letters, digits/],
    ['escape sequences in a profile', { profile: '\u001b[2J' }, /letters, digits/],
    ['--dev with another profile', { profile: 'work', dev: true }, /--dev/],
  ];
  it.each(ERRORS)('refuses %s', (_, options, message) => {
    const run = (): unknown => resolveHome({ env: {}, osHomeDir: '/u', cwd: '/w', ...options });
    expect(run).toThrow(HomeError);
    expect(run).toThrow(message);
    expect(run).not.toThrow('\u001b');
  });

  it('takes a profile of 64 characters, and --dev with --profile dev', () => {
    layOut([]);
    expect(resolveHome(optionsOf({ options: { profile: 'x'.repeat(64) } })).facts.profile).toHaveLength(64);
    expect(resolveHome(optionsOf({ options: { profile: 'dev', dev: true } })).facts.profile).toBe('dev');
  });

  it.skipIf(process.platform === 'win32')(
    'takes a state directory that it may not look into for an installation',
    () => {
      layOut(['/u/.openclaw/openclaw.json', '/u/.clawdbot/clawdbot.json']);
      const script = join(root, 'home.cjs');
      buildSync({
        entryPoints: [new URL('../../src/collect/home.ts', import.meta.url).pathname],
        bundle: true,
        platform: 'node',
        format: 'cjs',
        outfile: script,
      });
      for (const path of [root, real('/u'), real('/w')]) chmodSync(path, 0o755);
      chmodSync(script, 0o644);
      chmodSync(real('/u/.openclaw'), 0o000);
      const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
      const code = `const { resolveHome } = require(process.argv[1]);
      console.log(JSON.stringify(resolveHome(JSON.parse(process.argv[2])).facts));`;
      const facts = JSON.parse(
        execFileSync(process.execPath, ['-e', code, script, JSON.stringify(optionsOf({}))], {
          encoding: 'utf8',
          cwd: '/',
          env: {},
          ...nobody,
        }),
      );
      chmodSync(real('/u/.openclaw'), 0o700);
      expect(facts).toMatchObject({
        found: true,
        stateDirSource: 'default',
        configPath: real('/u/.openclaw/openclaw.json'),
        configPathSource: 'default',
      });
    },
  );
});

describe('expandUserPath', () => {
  const PATHS_OF_USERS: [path: string, expected: string][] = [
    ['~', '/u'],
    ['~/a', '/u/a'],
    ['~\\a', '/u\\a'],
    [' ~/a/../b/ ', '/u/b'],
    ['a', '/w/a'],
    ['/a//b', '/a/b'],
    ['~a', '/w/~a'],
    ['a/~', '/w/a/~'],
  ];
  it.skipIf(process.platform === 'win32').each(PATHS_OF_USERS)('%j', (path, expected) => {
    expect(expandUserPath(path, '/u', '/w')).toBe(expected);
  });

  it.skipIf(process.platform === 'win32')('takes a home with replacement patterns as it is', () => {
    expect(expandUserPath('~/a', "/u$&$'", '/w')).toBe("/u$&$'/a");
  });
});
