import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
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
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditSnapshot } from '../../src/audit.ts';
import { collect } from '../../src/collect/collect.ts';
import type { Report } from '../../src/core/report.ts';
import { renderJson } from '../../src/render/json.ts';
import { renderText } from '../../src/render/text.ts';
import { chownTree } from '../kit/materialize.ts';
import { runProgram, UNSAFE_HOME } from '../kit/program.ts';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'openclaw-security-bad-')));
chmodSync(scratch, 0o755);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const ROOT = process.getuid?.() === 0;
const NOBODY = 65534;

/** Stands for a secret; none of it may come out. */
const CANARY = 'CANARY7f3kQ9';

let count = 0;
interface Laid {
  readonly root: string;
  readonly state: string;
  readonly config: string;
}

function lay(config?: string | Buffer): Laid {
  const root = join(scratch, String(++count));
  const state = join(root, '.openclaw');
  mkdirSync(state, { recursive: true, mode: 0o700 });
  chmodSync(root, 0o755);
  const laid = { root, state, config: join(state, 'openclaw.json') };
  if (config !== undefined) writeFileSync(laid.config, config, { mode: 0o600 });
  return laid;
}

/** Collects and judges in this process, and holds every output to what must be true of any. */
async function auditHere({ root }: Laid): Promise<Report> {
  const snapshot = await collect({ env: { HOME: root }, cwd: root, osHomeDir: root });
  const report = await auditSnapshot(snapshot);
  const wide = renderText(report, { columns: 120, color: false, verbose: true });
  holdText(renderText(report, { columns: 80, color: false }));
  holdText(wide);
  expect(renderJson(report)).not.toContain(CANARY);
  expect(report.coverage.checks.filter((c) => c.outcome === 'error')).toEqual([]);
  return report;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

function holdText(text: string): void {
  expect(UNPRINTABLE.exec(text)?.[0], 'a character that changes the terminal').toBeUndefined();
  expect(text).not.toContain(CANARY);
}

/** Runs the built program and holds it to the same. */
function runHere({ root }: Laid, args: readonly string[] = [], uid?: number) {
  const run = runProgram(['audit', ...args], { env: { HOME: root }, cwd: '/', ...(uid === undefined ? {} : { uid }) });
  holdText(run.out);
  holdText(run.err);
  expect(run.code, run.err).toBe(0);
  expect(run.err, 'a stack trace').not.toMatch(/\n\s+at /);
  return run;
}

const findingOf = (report: Report, id: string) => report.findings.find((f) => f.checkId === id);

describe('a config that breaks off', () => {
  const whole = readFileSync(join(UNSAFE_HOME, '.openclaw/openclaw.json'), 'utf8').replaceAll('letmein-123', CANARY);
  const includes = ['channels.json5'].map((f) => [f, readFileSync(join(UNSAFE_HOME, '.openclaw', f))] as const);
  const layTruncated = (bytes: number) => {
    const laid = lay(Buffer.from(whole).subarray(0, bytes));
    for (const [name, content] of includes) writeFileSync(join(laid.state, name), content);
    return laid;
  };

  it('is said to be broken, and where, at any byte', async () => {
    for (let bytes = 1; bytes < Buffer.byteLength(whole) - 2; bytes += 50) {
      const report = await auditHere(layTruncated(bytes));
      expect(report.target.configStatus, `after ${bytes} bytes`).toBe('invalid');
      const finding = findingOf(report, 'config.unparseable');
      expect(finding, `after ${bytes} bytes`).toBeDefined();
      expect(finding!.locations[0]).toMatchObject({ exact: true, line: expect.any(Number) });
    }
  });

  it.each([0, 700, 1500])('after %i bytes, from the command line', (bytes) => {
    expect(runHere(layTruncated(bytes)).out).toContain('config');
    const report = JSON.parse(runHere(layTruncated(bytes), ['--json']).out) as Report;
    expect(report.target.configStatus).toBe('invalid');
  });
});

describe('includes', () => {
  const CASES: { name: string; config: string; files?: Record<string, string>; links?: Record<string, string> }[] = [
    { name: 'itself', config: '{ $include: "./openclaw.json" }' },
    {
      name: 'a cycle of two',
      config: '{ a: { $include: "./b.json" } }',
      files: { 'b.json': '{ b: { $include: "./c.json" } }', 'c.json': '{ $include: "./b.json" }' },
    },
    { name: 'a path out of the directory', config: '{ $include: "../../etc/passwd" }' },
    { name: 'an absolute path', config: '{ $include: "/etc/passwd" }' },
    { name: 'a link out of the directory', config: '{ $include: "./l.json" }', links: { 'l.json': '/etc/passwd' } },
    { name: 'a link to itself', config: '{ $include: "./l.json" }', links: { 'l.json': 'l.json' } },
    { name: 'a device by link', config: '{ $include: "./l.json" }', links: { 'l.json': '/dev/zero' } },
    { name: 'a directory', config: '{ $include: "." }' },
    { name: 'what is not there', config: '{ $include: "./gone.json" }' },
    { name: 'a number', config: '{ $include: 7 }' },
    { name: 'a list with a number', config: '{ $include: ["./a.json", 7] }', files: { 'a.json': '{}' } },
    { name: 'a NUL in the path', config: '{ $include: "./a\\u0000.json" }' },
    { name: 'a very long path', config: `{ $include: "./${'a'.repeat(100_000)}.json" }` },
    { name: 'a broken file', config: '{ $include: "./b.json" }', files: { 'b.json': `{ token: "${CANARY}` } },
    {
      name: 'a chain of twelve',
      config: '{ $include: "./0.json" }',
      files: Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${i}.json`, `{ $include: "./${i + 1}.json" }`])),
    },
  ];
  it.each(CASES)('of $name', async ({ config, files = {}, links = {} }) => {
    const laid = lay(config);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(laid.state, name), text);
    for (const [name, target] of Object.entries(links)) symlinkSync(target, join(laid.state, name));
    const report = await auditHere(laid);
    expect(report.target.configStatus).toBe('invalid');
    expect(report.findings.some((f) => /^config\.(?:include_problem|unparseable)$/.test(f.checkId))).toBe(true);
    expect(renderJson(report)).not.toContain('root:');
  });

  it('that double at every level', async () => {
    const laid = lay('{ $include: ["./0.json", "./0.json"] }');
    for (let i = 0; i < 9; i++)
      writeFileSync(
        join(laid.state, `${i}.json`),
        `{ a${i}: { $include: ["./${i + 1}.json", "./${i + 1}.json", "./${i + 1}.json"] } }`,
      );
    writeFileSync(join(laid.state, '9.json'), '{ x: [1] }');
    const started = Date.now();
    await auditHere(laid);
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('of a second hard link', async () => {
    const laid = lay('{ $include: "./a.json" }');
    writeFileSync(join(laid.state, 'a.json'), '{}');
    linkSync(join(laid.state, 'a.json'), join(laid.state, 'b.json'));
    expect(findingOf(await auditHere(laid), 'config.include_problem')).toBeDefined();
  });
});

describe('a config that is no readable file', () => {
  const CASES: Record<string, (laid: Laid) => void> = {
    'a directory': ({ config }) => mkdirSync(config),
    'a named pipe': ({ config }) => execFileSync('mkfifo', [config]),
    'a link to a device': ({ config }) => symlinkSync('/dev/zero', config),
    'a link to itself': ({ config }) => symlinkSync('openclaw.json', config),
    'UTF-16': ({ config }) => writeFileSync(config, Buffer.from('\ufeff{ gateway: {} }', 'utf16le')),
    'UTF-16 without a mark': ({ config }) => writeFileSync(config, Buffer.from('{ gateway: {} }', 'utf16le')),
    '40 MB': ({ config }) => writeFileSync(config, `{ a: "${'x'.repeat(40 << 20)}" }`),
  };
  it.each(Object.entries(CASES))('%s', async (_, make) => {
    const laid = lay();
    make(laid);
    const report = await auditHere(laid);
    expect(report.target.configStatus).toBe('unreadable');
    expect(findingOf(report, 'config.unparseable')?.detail).toBeTruthy();
    const run = runHere(laid, ['--strict', '--quiet', '--fail-on', 'never'].slice(1));
    expect(run.out).not.toBe('');
  });

  it('a dangling link is no config at all', async () => {
    const laid = lay();
    symlinkSync('gone.json', laid.config);
    expect((await auditHere(laid)).target.configStatus).toBe('missing');
  });
});

describe('a config of an unusual form', () => {
  const GATEWAY = 'gateway: { bind: "lan", auth: { token: "short" } }';
  const CASES: Record<string, string | Buffer> = {
    'a byte-order mark': `\ufeff{\n  ${GATEWAY}\n}`,
    CRLF: `{\r\n  // a comment\r\n  ${GATEWAY}\r\n}\r\n`,
    'CR alone': `{\r  ${GATEWAY}\r}`,
    'line separators': `{\u2028  ${GATEWAY}\u2029}`,
    'bytes that are not UTF-8': Buffer.concat([
      Buffer.from(`{ ${GATEWAY}, x: "`),
      Buffer.from([0xff, 0xfe, 0x80]),
      Buffer.from('" }'),
    ]),
    '10 MB': `{ ${GATEWAY}, /* ${'x'.repeat(10 << 20)} */ }`,
    'a line of 5 MB': `{ ${GATEWAY}, note: "${'x'.repeat(5 << 20)}" }`,
    'duplicate keys': `{ gateway: { bind: "loopback" }, ${GATEWAY} }`,
    'prototype keys': `{ "__proto__": { gateway: 1 }, constructor: { prototype: { a: 1 } }, prototype: {}, toString: 1, hasOwnProperty: 2, ${GATEWAY} }`,
  };
  it.each(Object.entries(CASES))('%s', async (_, text) => {
    const report = await auditHere(lay(text));
    const finding = findingOf(report, 'gateway.token_too_short');
    expect(finding, 'the token is still found').toBeDefined();
    expect(finding!.locations[0]).toMatchObject({ exact: true, keyPath: 'gateway.auth.token' });
    expect(Object.prototype).not.toHaveProperty('a');
  });

  it.each([1, 2, 3])('CRLF and a mark keep lines and columns (%i)', async (line) => {
    const report = await auditHere(
      lay(`\ufeff${'\r\n'.repeat(line - 1)}{ gateway: { bind: "lan", auth: { token: "short" } } }`),
    );
    expect(findingOf(report, 'gateway.token_too_short')!.locations[0]).toMatchObject({ line, column: 35 });
  });

  it.each(['[]', '"text"', '7', 'null', 'true', 'NaN', '', ' ', '// only a comment', '{', '}', '\u0000', '[[[['])(
    'a top level of %j',
    async (text) => {
      expect((await auditHere(lay(text))).target.configStatus).toBe('invalid');
    },
  );

  it.each(['[', '{a:', '{"gateway":'])('nesting 100,000 deep with %s', async (open) => {
    const started = Date.now();
    const report = await auditHere(lay(`{ x: ${open.repeat(100_000)}`));
    expect(report.target.configStatus).toBe('invalid');
    const closed =
      open === '['
        ? `{ gateway: ${'['.repeat(100_000)}${']'.repeat(100_000)} }`
        : `${open.repeat(100_000)}1${'}'.repeat(100_000)}`;
    await auditHere(lay(closed));
    expect(Date.now() - started).toBeLessThan(15_000);
  });
});

describe('values of the wrong kind', () => {
  const WRONG = [
    '7',
    'null',
    'true',
    '"text"',
    '[]',
    '{}',
    '[[]]',
    '[{}]',
    '[null]',
    '{ "": null }',
    '-0',
    'Infinity',
    '{ "*": {} }',
  ];
  const PLACES = [
    'gateway',
    'gateway.auth',
    'gateway.auth.token',
    'gateway.bind',
    'gateway.trustedProxies',
    'gateway.controlUi.allowedOrigins',
    'agents',
    'agents.list',
    'agents.entries',
    'agents.defaults',
    'agents.defaults.sandbox.docker',
    'agents.defaults.model',
    'agents.defaults.workspace',
    'channels',
    'channels.telegram',
    'channels.telegram.accounts',
    'channels.telegram.groups',
    'channels.telegram.allowFrom',
    'channels.discord.guilds',
    'channels.slack.channels',
    'tools',
    'tools.exec',
    'tools.elevated',
    'tools.elevated.allowFrom',
    'tools.deny',
    'hooks',
    'hooks.token',
    'hooks.mappings',
    'plugins',
    'plugins.load.paths',
    'plugins.installs',
    'plugins.entries',
    'session',
    'session.store',
    'logging.file',
    'env',
    'env.vars',
    'secrets.providers',
    'browser',
    'browser.profiles',
    'models.providers',
    'security.audit.suppressions',
    'security',
    'meta',
    'meta.lastTouchedVersion',
    'cron',
    'approvals',
    'discovery.mdns',
    'skills',
    'bindings',
  ];
  it.each(PLACES)('at %s', async (place) => {
    const keys = place.split('.');
    const base = '"gateway": { "bind": "lan" }';
    for (const value of WRONG) {
      const nested = keys.reduceRight((inner, key) => `{ ${JSON.stringify(key)}: ${inner} }`, value);
      const text = keys[0] === 'gateway' ? nested : `{ ${base}, ${nested.slice(1)}`;
      await auditHere(lay(text));
    }
  });
});

describe('state that is not what it should be', () => {
  it('an empty state directory', async () => {
    const report = await auditHere(lay());
    expect(report.target).toMatchObject({ configStatus: 'missing', homeFound: true });
  });

  it('a state directory that is a file', () => {
    const laid = lay();
    rmSync(laid.state, { recursive: true });
    writeFileSync(laid.state, 'not a directory');
    const run = runHere(laid);
    expect(run.out).toContain('.openclaw');
  });

  it.each(['fifo', 'loop', 'directory', 'device'])('known files as %s', async (kind) => {
    const laid = lay('{ gateway: { bind: "lan" } }');
    for (const dir of [
      'credentials',
      'agents/main/agent',
      'agents/main/sessions',
      'extensions/x',
      'workspace/skills/y',
      'skills/z',
      'state',
      'cron',
    ])
      mkdirSync(join(laid.state, dir), { recursive: true });
    for (const name of [
      '.env',
      'exec-approvals.json',
      'credentials/telegram-allowFrom.json',
      'credentials/oauth.json',
      'agents/main/agent/auth-profiles.json',
      'agents/main/sessions/sessions.json',
      'agents/main/sessions/a.jsonl',
      'extensions/x/package.json',
      'extensions/x/openclaw.plugin.json',
      'workspace/skills/y/SKILL.md',
      'skills/z/SKILL.md',
      'state/openclaw.sqlite',
      'cron/jobs.json',
      'openclaw.json.bak',
    ]) {
      const path = join(laid.state, name);
      if (kind === 'fifo') execFileSync('mkfifo', [path]);
      else if (kind === 'loop') symlinkSync(path, path);
      else if (kind === 'directory') mkdirSync(path);
      else symlinkSync('/dev/zero', path);
    }
    await auditHere(laid);
  });

  it.runIf(ROOT)('files and directories that may not be read', () => {
    const laid = lay('{ gateway: { bind: "lan" } }');
    for (const dir of ['credentials', 'agents/main/sessions', 'extensions/x'])
      mkdirSync(join(laid.state, dir), { recursive: true });
    writeFileSync(join(laid.state, '.env'), `TOKEN=${CANARY}`);
    chownTree(laid.root, NOBODY);
    for (const closed of ['.env', 'credentials', 'agents/main/sessions', 'extensions']) {
      chownSync(join(laid.state, closed), 0, 0);
      chmodSync(join(laid.state, closed), 0o700);
    }
    const run = runHere(laid, [], NOBODY);
    expect(run.out).toContain('NOT KNOWN');
    const report = JSON.parse(runHere(laid, ['--json'], NOBODY).out) as Report;
    for (const closed of ['.env', 'credentials', 'agents/main/sessions', 'extensions'])
      expect(report.coverage.gaps.map((g) => g.what).join('\n'), closed).toContain(closed);

    chownSync(laid.config, 0, 0);
    const blind = JSON.parse(runHere(laid, ['--json'], NOBODY).out) as Report;
    expect(blind.target.configStatus).toBe('unreadable');
    expect(runProgram(['audit', '--strict'], { env: { HOME: laid.root }, uid: NOBODY }).code).toBe(3);
  });

  it.runIf(ROOT)('a state directory that may not be entered', () => {
    const laid = lay('{}');
    chmodSync(laid.state, 0o700);
    const run = runProgram(['audit', '--strict'], { env: { HOME: laid.root }, uid: NOBODY });
    expect(run.code).toBe(3);
    expect(run.err + run.out).not.toMatch(/\n\s+at /);
    expect(run.out).toMatch(/not readable|cannot be read|permission/i);
  });

  it('a config that changes all the time', () => {
    const laid = lay('{ gateway: { bind: "lan" } }');
    const script = `i=0; while [ $i -lt 4000 ]; do i=$((i+1)); printf '{ gateway: { bind: "lan", port: %d } }' $i > "$1"; done`;
    const run = execFileSync(
      'sh',
      [
        '-c',
        `sh -c '${script.replaceAll("'", `'\\''`)}' sh "$1" & p=$!; "$2" "$3" audit --json --config "$1"; c=$?; kill $p; exit $c`,
        'sh',
        laid.config,
        process.execPath,
        join(import.meta.dirname, '../../dist/bin.cjs'),
      ],
      { encoding: 'utf8', env: { PATH: process.env.PATH!, HOME: laid.root }, timeout: 20_000 },
    );
    expect(['ok', 'invalid', 'unreadable']).toContain((JSON.parse(run) as Report).target.configStatus);
  });
});

describe('names that an attacker chose', () => {
  const NAMES = [
    '\u001b[31mred\u001b[0m',
    'line\nbreak',
    '\u202egnp.exe',
    '\u2066x\u2069',
    'bell\u0007',
    '\u009b31m',
    'null\u0000',
    '\r# over',
    '\ufeff',
    '\ud800',
    "'; rm -rf ~",
    '`id`',
    '$(id)',
    '<b>',
    '__proto__',
    'constructor',
    '',
    ' ',
    '../../etc/passwd',
    '.',
    '..',
    'a'.repeat(5000),
    '💥'.repeat(50),
    'toString',
    '{token}',
    '%s%n',
  ];
  beforeAll(() => expect(new Set(NAMES).size).toBe(NAMES.length));

  const PATTERNS: Record<string, (name: string) => string> = {
    'a channel': (n) =>
      `channels: { [k]: { dmPolicy: "open", groupPolicy: "open", allowFrom: ["*"] } }`.replace('[k]', n),
    'an account': (n) => `channels: { telegram: { accounts: { ${n}: { dmPolicy: "open", allowFrom: ["*"] } } } }`,
    'a group': (n) => `channels: { telegram: { groupPolicy: "allowlist", groups: { ${n}: { allowFrom: ["*"] } } } }`,
    'a sender': (n) =>
      `channels: { telegram: { dmPolicy: "allowlist", allowFrom: [${n}] }, discord: { allowFrom: [${n}] } }`,
    'an agent': (n) =>
      `agents: { list: [{ id: ${n}, workspace: ${n}, sandbox: { mode: "all", docker: { network: "host", binds: [${n}] } } }] }`,
    'a plugin': (n) =>
      `plugins: { entries: { ${n}: { enabled: true } }, load: { paths: [${n}] }, installs: { ${n}: { source: "npm", spec: ${n} } } }`,
    'a browser profile': (n) => `browser: { profiles: { ${n}: { cdpUrl: "http://192.168.0.9:1/" } } }`,
    'a model': (n) => `agents: { defaults: { model: { primary: ${n}, fallbacks: [${n}] } } }`,
    'a tool': (n) =>
      `tools: { allow: [${n}], deny: [${n}], exec: { safeBins: [${n}], safeBinProfiles: { ${n}: {} } } }, gateway: { tools: { allow: [${n}] }, nodes: { denyCommands: [${n}] } }`,
    'a value': (n) =>
      `gateway: { bind: ${n}, auth: { mode: ${n} }, controlUi: { allowedOrigins: [${n}] } }, session: { store: ${n} }, logging: { file: ${n} }`,
    'a key nobody knows': (n) => `${n}: 1, gateway: { ${n}: { ${n}: 2 } }`,
    'an include': (n) => `$include: [${n}]`,
    'a version': (n) => `meta: { lastTouchedVersion: ${n} }`,
    'a suppression': (n) => `security: { audit: { suppressions: [{ checkId: ${n}, reason: ${n} }] } }`,
  };
  it.each(Object.entries(PATTERNS))('as %s', async (_, pattern) => {
    for (const name of NAMES)
      await auditHere(
        lay(
          `{ gateway: { bind: "lan" }, ${pattern(JSON.stringify(name))} }`
            .replace('gateway: { bind: "lan" }, gateway', 'gateway')
            .replace(/\{ gateway: \{ bind: "lan" \}, (.*gateway:)/s, '{ $1'),
        ),
      );
  });

  it('as files and directories', async () => {
    const laid = lay('{ gateway: { bind: "lan" } }');
    const usable = NAMES.filter(
      (n) =>
        n !== '' &&
        n !== '.' &&
        n !== '..' &&
        !['/', '\u0000', '\ud800'].some((c) => n.includes(c)) &&
        Buffer.byteLength(n) < 200,
    );
    for (const dir of ['extensions', 'workspace/skills', 'skills', 'agents', 'credentials']) {
      for (const name of usable) {
        const path = join(laid.state, dir, name);
        mkdirSync(path, { recursive: true });
        chmodSync(path, 0o777);
        writeFileSync(join(path, 'SKILL.md'), '');
        symlinkSync('/etc', join(path, 'link'));
      }
    }
    for (const name of usable) {
      writeFileSync(
        join(laid.state, 'credentials', `${name}-allowFrom.json`),
        JSON.stringify({ version: 1, allowFrom: [name] }),
      );
      writeFileSync(join(laid.state, 'credentials', `${name}.json`), '{', { mode: 0o666 });
    }
    await auditHere(laid);
    runHere(laid);
  });

  it('in the environment, on the command line and in a snapshot', () => {
    const laid = lay('{ gateway: { bind: "lan" } }');
    const name = '\u001b[31mred\u202e\n';
    for (const args of [
      ['audit', '--config', name],
      ['audit', '--state-dir', `${name}/x`],
      ['audit', '--profile', name],
      ['audit', '--from', name],
      ['audit', '--only', name],
      ['audit', `--${name}`],
      [name],
      ['explain', name],
      ['audit', '--suppress', name],
      ['audit', '--suppressions', name],
      ['audit', '--baseline', name],
      ['audit', '--openclaw-version', name],
      ['audit', '--fail-on', name],
      ['snapshot', '--out', `/nowhere/${name}`],
    ]) {
      const run = runProgram(args, { env: { HOME: laid.root }, cwd: laid.root });
      holdText(run.out);
      holdText(run.err);
      expect([0, 2], `${args.join(' ')}: ${run.err}`).toContain(run.code);
    }
  });
});

describe('a great many', () => {
  it('agents', async () => {
    const list = Array.from(
      { length: 5000 },
      (_, i) => `{ id: "agent-${i}", workspace: "/srv/${i}", tools: { exec: { security: "full" } } }`,
    );
    const started = Date.now();
    const report = await auditHere(
      lay(`{ channels: { telegram: { dmPolicy: "open", allowFrom: ["*"] } }, agents: { list: [${list.join(',')}] } }`),
    );
    expect(report.findings.length).toBeGreaterThan(0);
    expect(Date.now() - started).toBeLessThan(15_000);
  });

  it.each(['telegram', 'discord', 'slack', 'whatsapp'])('accounts of %s', async (channel) => {
    const accounts = Array.from(
      { length: 2000 },
      (_, i) =>
        `"account-${i}": { dmPolicy: "open", allowFrom: ["*"], groups: { "*": {} }, guilds: { "1": { users: ["a b"] } } }`,
    );
    const started = Date.now();
    await auditHere(lay(`{ channels: { ${channel}: { accounts: { ${accounts.join(',')} } } } }`));
    expect(Date.now() - started).toBeLessThan(15_000);
  });
});

describe('a snapshot that is none', () => {
  const TEXTS = [
    '',
    '{',
    '[]',
    'null',
    '7',
    '{}',
    '{"format":"openclaw-security.snapshot"}',
    '{"format":"openclaw-security.snapshot","formatVersion":2}',
  ];
  it.each(TEXTS)('%j', (text) => {
    const laid = lay();
    const file = join(laid.root, 'facts.json');
    writeFileSync(file, text);
    const run = runProgram(['audit', '--from', file], { env: { HOME: laid.root } });
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain('is not a snapshot');
  });

  it('a snapshot with parts of the wrong kind', () => {
    const laid = lay('{ gateway: { bind: "lan" } }');
    const good = JSON.parse(runProgram(['snapshot'], { env: { HOME: laid.root } }).out) as Record<string, unknown>;
    const file = join(laid.root, 'facts.json');
    const started = Date.now();
    for (const key of Object.keys(good)) {
      if (key === 'format' || key === 'formatVersion') continue;
      for (const value of [{}, [], 'text', [null], { files: [null], vars: { A: null }, named: [{}] }]) {
        if (Date.now() - started > 20_000) throw new Error('this takes too long');
        writeFileSync(file, JSON.stringify({ ...good, [key]: value }));
        const run = runProgram(['audit', '--from', file], { env: { HOME: laid.root } });
        holdText(run.out + run.err);
        expect([0, 2], `${key} ${JSON.stringify(value)}: ${run.err}`).toContain(run.code);
      }
    }
  });
});
