import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { auditSnapshot } from '../../src/audit.ts';
import { collect } from '../../src/collect/collect.ts';
import { parseSnapshot, toPortable } from '../../src/collect/portable.ts';
import { nodeAt, type SchemaNode, type SchemaTable } from '../../src/config/schema/table.ts';
import { loadSchemaTable, type SchemaEra } from '../../src/config/schema/tables.ts';
import type { Finding } from '../../src/core/finding.ts';
import { jsonText } from '../../src/core/text.ts';
import { renderJson } from '../../src/render/json.ts';
import { renderText } from '../../src/render/text.ts';
import { runCommand } from '../kit/command-line.ts';
import { materialize, type RecordedHome } from '../kit/materialize.ts';
import { HARDENED_HOME, runProgram, UNSAFE_HOME } from '../kit/program.ts';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'openclaw-security-secrets-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Part of every canary; looked for in lower case and without separators too. */
const MARK = 'Zq7Kv';
let canaries = 0;
const canary = (prefix = '') => `${prefix}${MARK}${String(++canaries).padStart(5, '0')}bXw2Rt9Lm4Hs6Pd`;

let count = 0;
function lay(config: string, files: Readonly<Record<string, string>> = {}) {
  const home = join(scratch, String(++count));
  const state = join(home, '.openclaw');
  mkdirSync(state, { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries({ 'openclaw.json': config, ...files })) {
    mkdirSync(dirname(join(state, name)), { recursive: true });
    writeFileSync(join(state, name), text);
  }
  return { home, state };
}

function expectNone(output: string, what: string): void {
  const at = output.toLowerCase().indexOf(MARK.toLowerCase());
  expect(at === -1 ? '' : output.slice(Math.max(0, at - 120), at + 40), `a secret in ${what}`).toBe('');
}

/** Every output of an audit of a home, live and from its snapshot. */
async function expectSilent(
  home: string,
  env: Readonly<Record<string, string>> = {},
  version = '2026.3.7',
): Promise<void> {
  const snapshot = await collect({ env: { HOME: home, ...env }, cwd: home, osHomeDir: home, openclawVersion: version });
  const portable = jsonText(toPortable(snapshot), 1);
  expectNone(portable, 'the snapshot');
  const replayed = parseSnapshot(portable);
  if (typeof replayed === 'string') throw new Error(replayed);
  for (const [from, facts] of [
    ['live', snapshot],
    ['from a snapshot', replayed],
  ] as const) {
    const report = await auditSnapshot(facts);
    expectNone(renderJson(report), `the JSON, ${from}`);
    for (const columns of [80, 120])
      for (const verbose of [false, true])
        expectNone(renderText(report, { columns, color: verbose, verbose }), `the text, ${from}, ${columns} columns`);
    expect(report.coverage.checks.filter((c) => c.outcome === 'error')).toEqual([]);
  }
}

/** The keys that hold strings in what a version accepts, `*` for a name or an item; each once. */
function stringPlaces(table: SchemaTable): string[][] {
  const out: string[][] = [];
  const seen = new Set<string>();
  const visit = (node: SchemaNode, path: string[], open: readonly SchemaNode[]): void => {
    if (open.includes(node) || path.length > 9) return;
    const below = [...open, node];
    for (const index of [...(node.any ?? []), ...(node.all ?? [])]) visit(nodeAt(table, index), path, below);
    if ([node.type].flat().includes('string') && !node.enum) {
      const key = path.join('\0');
      if (!seen.has(key)) out.push(path);
      seen.add(key);
    }
    for (const [key, index] of Object.entries(node.keys ?? {})) visit(nodeAt(table, index), [...path, key], below);
    if (node.rest !== undefined && node.rest !== false) visit(nodeAt(table, node.rest), [...path, '*'], below);
    if (node.items !== undefined) visit(nodeAt(table, node.items), [...path, '[]'], below);
  };
  visit(nodeAt(table, table.root), [], []);
  return out;
}

/** A config with one value at each place. */
function configWith(places: readonly (readonly string[])[], valueFor: (path: readonly string[]) => string): string {
  const root: Record<string, unknown> = {};
  for (const path of places) {
    let at: Record<string, unknown> | unknown[] = root;
    for (const [i, step] of path.entries()) {
      const key = step === '*' ? 'one' : step === '[]' ? 0 : step;
      const slots = at as Record<string | number, unknown>;
      if (i === path.length - 1) slots[key] ??= valueFor(path);
      else {
        if (typeof slots[key] !== 'object') slots[key] = path[i + 1] === '[]' ? [] : {};
        at = slots[key] as Record<string, unknown>;
      }
    }
  }
  return JSON.stringify(root, null, 2);
}

// Written without looking at how the program decides, from what the names say.
const SAYS_SECRET =
  /(?:token|password|passphrase|secret|api_?key|private_?key|access_?key|signing_?key|encrypt_?key|aes_?key|authorization|cookie|service_?account|nsec)$/i;
const MERELY_NAMES_ONE = /(?:file|path|env|provider|id)$/i;

const ERAS: readonly SchemaEra[] = ['2026.3.7', '2026.9.6'];
describe.each(ERAS)('the config of OpenClaw %s', (era) => {
  const secretPlaces = async () =>
    stringPlaces(await loadSchemaTable(era)).filter((path) => {
      const key = path.filter((step) => step !== '[]' && step !== '*').at(-1) ?? '';
      const inBag = path.at(-1) === '*' && ['env', 'vars', 'headers'].includes(path.at(-2) ?? '');
      return inBag || (SAYS_SECRET.test(key) && !MERELY_NAMES_ONE.test(key));
    });

  it('has a secret at every place that says so, and none comes out', async () => {
    const places = await secretPlaces();
    expect(places.length).toBeGreaterThan(60);
    const { home } = lay(configWith(places, () => canary()));
    await expectSilent(home, {}, era);
  });

  it('has them on one line, cut off, and none comes out', async () => {
    const text = JSON.stringify(JSON.parse(configWith(await secretPlaces(), () => canary())));
    for (const part of [1, 0.9, 0.5, 0.25]) await expectSilent(lay(text.slice(0, text.length * part)).home, {}, era);
  });

  it.each(['sk-', 'ghp_', 'xoxb-', '123456789:AAF'])(
    'has a key that begins with %s at every other place',
    async (prefix) => {
      const places = stringPlaces(await loadSchemaTable(era)).filter(
        (p) => !/(?:path|dir|file|workspace|store|root|id)s?$/i.test(p.filter((s) => s !== '[]').at(-1) ?? ''),
      );
      const { home } = lay(configWith(places, () => canary(prefix) + MARK.repeat(4)));
      await expectSilent(home, {}, era);
    },
  );
});

describe('secrets elsewhere', () => {
  it('in comments, in URLs, in keys nobody knows', async () => {
    const { home } = lay(`// old token: "${canary()}"
/* password = ${canary()} */
{
  gateway: { bind: 'lan', auth: { mode: 'token', token: '${canary()}' /* was apiKey: '${canary()}' */ }, // secret: ${canary()}
    controlUi: { allowedOrigins: ['https://user:${canary()}@example.com', 'https://example.com/?token=${canary()}'] },
  },
  browser: { profiles: { r: { cdpUrl: 'http://user:${canary()}@192.168.1.2:9222/?apiKey=${canary()}', color: '#00AA00' } } },
  proxy: 'socks5://user:${canary()}@10.0.0.1:1080',
  madeUp: { myApiToken: '${canary()}', deeper: [{ clientSecret: '${canary()}' }], headers: { 'X-Any': '${canary()}' } },
  env: { vars: { ANY_NAME: '${canary()}' }, OTHER: '${canary()}' },
  channels: { telegram: { botToken: '${canary()}', accounts: { two: { botToken: "${canary()}", webhookSecret: \`x\` } } } },
}`);
    await expectSilent(home);
    const valid = lay(readFileSync(join(home, '.openclaw/openclaw.json'), 'utf8').replace('`x`', `'${canary()}'`));
    await expectSilent(valid.home);
  });

  it('in the environment, in the state .env and in the files of the state directory', async () => {
    const { home } = lay(
      `{ gateway: { bind: 'lan', auth: { token: '\${GW}' } }, hooks: { enabled: true, token: '\${HOOK}' }, tools: { web: { search: { apiKey: { source: 'env', provider: 'default', id: 'SEARCH' } } } }, channels: { telegram: { botToken: '\${BOT}', name: 'plain \${GW}' } }, logging: { file: '/var/log/\${NAME}' } }`,
      {
        '.env': `BOT=${canary()}\nexport OPENAI_API_KEY="${canary()}"\n# TOKEN=${canary()}\nbroken line ${canary()}\nOPENCLAW_GATEWAY_PASSWORD='${canary()}'\n`,
        'openclaw.json.bak': `{ token: "${canary()}" }`,
        'credentials/oauth.json': `{ "access": "${canary()}" }`,
        'credentials/telegram-allowFrom.json': `{ "version": 1, "token": "${canary()}", "allowFrom": ["1"] `,
        'agents/main/agent/auth-profiles.json': `{ "profiles": { "a": { "type": "api_key", "key": "${canary()}" } } }`,
        'agents/main/sessions/sessions.json': `{ "x": { "token": "${canary()}" } }`,
        'exec-approvals.json': `{ "version": 1, "socket": { "token": "${canary()}" }, "defaults": { "security": "full" } }`,
        'plugins/installs.json': `{ "token": "${canary()}" `,
        'extensions/x/package.json': `{ "name": "x", "token": "${canary()}" `,
        'extensions/x/openclaw.plugin.json': `{ "id": 7, "token": "${canary()}" }`,
        'skills/config/mcporter.json': `{ "mcpServers": { "s": { "env": { "T": "${canary()}" } } } }`,
        'logs/gateway.log': `token=${canary()}`,
      },
    );
    const env = {
      GW: canary(),
      HOOK: canary(),
      SEARCH: canary(),
      OPENCLAW_GATEWAY_TOKEN: canary(),
      ANTHROPIC_API_KEY: canary(),
      NAME: canary(),
      UNRELATED: canary(),
    };
    await expectSilent(home, env);
    await expectSilent(home, env, '2026.9.6');
  });

  it('in what the program says when it is used wrongly', async () => {
    const { home, state } = lay(`{ gateway: { auth: { token: "${canary()}" `, {
      'accepted.json': `[{ id: 7, token: "${canary()}" }]`,
    });
    const outside = join(home, 'outside.json');
    writeFileSync(outside, `{ "token": "${canary()}" `);
    for (const args of [
      ['audit', '--from', outside],
      ['audit', '--baseline', outside],
      ['audit', '--suppressions', outside],
      ['audit', '--suppressions', join(state, 'accepted.json')],
      ['audit', '--from', join(state, 'openclaw.json')],
      ['snapshot', '--out', outside],
      ['fix', 'plan', '--all'],
      ['audit', '--fix', '--dry-run'],
      ['fix', 'apply', '--only', 'gateway'],
      ['undo', '--list'],
    ]) {
      const run = await runCommand(args, { HOME: home, XDG_STATE_HOME: join(home, 'journal') }, home);
      expectNone(run.out + run.err, args.join(' '));
    }
  });

  it('in the built program, on every way out', () => {
    const { home, state } = lay(
      `{\n  gateway: { bind: 'lan', auth: { token: '${canary()}' } },\n  hooks: { enabled: true, token: '${canary()}' },\n}\n`,
    );
    const env = { HOME: home, OPENCLAW_GATEWAY_PASSWORD: canary() };
    const snapshot = runProgram(['snapshot'], { env });
    const file = join(home, 'facts.json');
    writeFileSync(file, snapshot.out);
    for (const args of [
      ['audit'],
      ['audit', '--json'],
      ['audit', '--verbose'],
      ['snapshot'],
      ['audit', '--from', file],
      ['fix', 'plan', '--all'],
      ['fix', 'plan', '--json'],
      ['audit', '--fix', '--dry-run', '--json'],
    ]) {
      const run = runProgram(args, { env: { ...env, XDG_STATE_HOME: join(home, 'journal') } });
      expect(run.code, run.err).toBe(0);
      expectNone(run.out + run.err, args.join(' '));
    }
    const baseline = join(home, 'baseline.json');
    expect(runProgram(['audit', '--quiet', '--write-baseline', baseline], { env }).code).toBe(0);
    expectNone(readFileSync(baseline, 'utf8'), 'the baseline');
    expect(readFileSync(join(state, 'openclaw.json'), 'utf8'), 'the canaries were there').toContain(MARK);
  });
});

/** All of a finding that a reader sees. */
const shown = (f: Finding) => JSON.stringify(f);

async function expectSameFromSnapshot(
  home: { env: Readonly<Record<string, string>>; cwd: string; home: string },
  version: string,
): Promise<void> {
  const live = await collect({ env: home.env, cwd: home.cwd, osHomeDir: home.home, openclawVersion: version });
  const replayed = parseSnapshot(jsonText(toPortable(live), 1));
  if (typeof replayed === 'string') throw new Error(replayed);
  const [here, there] = [await auditSnapshot(live), await auditSnapshot(replayed)];
  const masked = (f: Finding): Finding => ({ ...f, locations: f.locations.map(({ excerpt, ...rest }) => rest) });
  expect(there.findings.map((f) => shown(masked(f))).sort()).toEqual(here.findings.map((f) => shown(masked(f))).sort());
  expect(there.coverage).toEqual(here.coverage);
  expect(there.target).toEqual(here.target);
}

describe('an audit of a snapshot finds what the live one finds, at the same lines and columns', () => {
  it.each([UNSAFE_HOME, HARDENED_HOME])('%s', async (home) => {
    for (const version of ERAS)
      await expectSameFromSnapshot({ env: { HOME: home, DISCORD_BOT_TOKEN: 'x' }, cwd: home, home }, version);
  });

  it('of a config that breaks off at any byte', async () => {
    const text = readFileSync(join(UNSAFE_HOME, '.openclaw/openclaw.json'), 'utf8').replaceAll('letmein-123', canary());
    for (let length = 1; length < text.length; length += 37) {
      const { home } = lay(text.slice(0, length));
      await expectSilent(home);
      await expectSameFromSnapshot({ env: { HOME: home }, cwd: home, home }, '2026.3.7');
    }
  });

  it('of secrets that are no strings, or go on over several lines', async () => {
    const { home } = lay(`{
  gateway: { auth: { token: 123456, password: -1.5e3 }, remote: { token: null, password: 0x1F } },
  hooks: { token: true, gmail: { pushToken: [1, 2] } },
  channels: { telegram: { botToken: "a\\\nb\\\r\nc", webhookSecret: Infinity } },
  tools: { web: { search: { apiKey: '\\'quoted\\'' } } },
}`);
    await expectSameFromSnapshot({ env: { HOME: home }, cwd: home, home }, '2026.3.7');
  });

  const BROKEN = [
    'x',
    '@ # \\ "',
    '"open',
    "'open",
    '"bad \\u12 escape"',
    '"bad \\x1"',
    '"\\7"',
    'undefined',
    'truX',
    '0x',
    '1.e',
    '\u{1f600}',
    '/',
    '/* open',
  ];
  it.each(BROKEN)('of a config that breaks off at %s', async (broken) => {
    for (const place of ['token', '"any name"', 'env: { A']) {
      const { home } = lay(
        `{ gateway: { bind: "lan" }, // don't\n  ${place}: ${broken} ${canary()}\n, "b": "${canary()}", env: { X: "${canary()}" } }\n`,
      );
      await expectSilent(home);
      await expectSameFromSnapshot({ env: { HOME: home }, cwd: home, home }, '2026.3.7');
    }
  });

  const AREAS = [
    'scenarios',
    'gateway-auth',
    'hooks',
    'secrets',
    'fs-includes',
    'config-format',
    'channel-telegram',
    'channel-discord',
    'sandbox',
    'plugin-installs',
    'newer-hooks',
    'newer-agents',
  ];
  it.each(AREAS)('the recorded homes of %s', async (area) => {
    const cases = JSON.parse(
      readFileSync(join(import.meta.dirname, `../conformance/cases/${area}.json`), 'utf8'),
    ) as Record<string, RecordedHome & { reference: string; runAs?: number }>;
    for (const c of Object.values(cases)) {
      if (c.runAs !== undefined) continue;
      const laid = materialize(c, join(scratch, String(++count)));
      await expectSameFromSnapshot(laid, c.reference);
      chmodSync(laid.root, 0o700);
    }
  });
});
