import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ProblemKind } from '../../src/config/schema/problem.ts';
import type { RuleContext } from '../../src/config/schema/rules/view.ts';
import { eraForVersion, loadSchemaTable, type SchemaEra } from '../../src/config/schema/tables.ts';
import { formatKeyPath } from '../../src/core/ref.ts';
import { validate } from './schema-kit.ts';

const FIRST = '2026.3.7';
const SECOND = '2026.9.6';

interface Expected {
  readonly at: string;
  readonly kind: ProblemKind;
  readonly expected?: string;
  readonly found?: string;
  readonly suggestion?: string | undefined;
}

type Row = readonly [name: string, era: SchemaEra, config: string, ...problems: Expected[]];

const KEYS: readonly Row[] = [
  ['nothing set', FIRST, `{}`],
  ['a comment is no key', SECOND, `{ /* none */ }`],
  [
    'a slip of a neighbour',
    FIRST,
    `{ tools: { exec: { secuirty: 'full' } } }`,
    { at: 'tools.exec.secuirty', kind: 'unknown-key', found: 'a string', suggestion: 'security' },
  ],
  [
    'another spelling of a neighbour',
    SECOND,
    `{ gateway: { custom_bind_host: '10.0.0.1' } }`,
    { at: 'gateway.custom_bind_host', kind: 'unknown-key', suggestion: 'customBindHost' },
  ],
  [
    'few neighbours are named',
    FIRST,
    `{ gateway: { tailscale: { wat: 1 } } }`,
    {
      at: 'gateway.tailscale.wat',
      kind: 'unknown-key',
      expected: 'one of the keys mode and resetOnExit',
      suggestion: undefined,
    },
  ],
  [
    'a key that belongs elsewhere',
    FIRST,
    `{ sandbox: { mode: 'all' } }`,
    { at: 'sandbox', kind: 'unknown-key', suggestion: 'agents.defaults.sandbox or agents.list.*.sandbox' },
  ],
  [
    'a key that would fit in too many places',
    FIRST,
    `{ allowFrom: ['*'] }`,
    { at: 'allowFrom', kind: 'unknown-key', suggestion: undefined },
  ],
  [
    'a name that a map does not take',
    FIRST,
    `{ browser: { profiles: { Work: { color: '#aabbcc', cdpPort: 9222 } } } }`,
    {
      at: 'browser.profiles.Work',
      kind: 'unknown-key',
      expected: 'a name of lower-case letters, digits and dashes',
    },
  ],
  ['a map takes any name', FIRST, `{ env: { FOO: 'x' }, models: { providers: {} } }`],
  ['a plugin may have keys of its own', SECOND, `{ plugins: { entries: { mine: { config: { any: [1, {}] } } } } }`],
  [
    'a missing key',
    FIRST,
    `{ agents: { list: [{ name: 'x' }] } }`,
    { at: 'agents.list[0].id', kind: 'missing', expected: 'a string', found: 'nothing' },
  ],
  ['a key with a default is not missing', SECOND, `{ channels: { telegram: { botToken: 'x' } }, commands: {} }`],
  [
    'prototype names are keys like any other',
    SECOND,
    `{ gateway: { constructor: 1, toString: 2 } }`,
    { at: 'gateway.constructor', kind: 'unknown-key' },
    { at: 'gateway.toString', kind: 'unknown-key' },
  ],
];

const VALUES: readonly Row[] = [
  [
    'a word that is not listed',
    FIRST,
    `{ gateway: { bind: 'lna' } }`,
    {
      at: 'gateway.bind',
      kind: 'not-allowed-value',
      expected: 'one of auto, lan, loopback, custom, tailnet',
      found: '"lna"',
      suggestion: 'lan',
    },
  ],
  [
    'a word that stands for another since long',
    SECOND,
    `{ gateway: { bind: '0.0.0.0', reload: { mode: 'hot' } } }`,
    { at: 'gateway.bind', kind: 'not-allowed-value', suggestion: 'lan' },
    { at: 'gateway.reload.mode', kind: 'not-allowed-value', suggestion: 'hybrid' },
  ],
  [
    'a number in quotes',
    SECOND,
    `{ gateway: { port: '18789' } }`,
    {
      at: 'gateway.port',
      kind: 'wrong-type',
      expected: 'a whole number from 1 to 65535',
      found: 'a string',
      suggestion: 'the number without quotes',
    },
  ],
  [
    'numbers out of bounds',
    SECOND,
    `{ gateway: { port: 0 }, diagnostics: { otel: { sampleRate: 1.5 } } }`,
    { at: 'gateway.port', kind: 'not-allowed-value', found: '0' },
    { at: 'diagnostics.otel.sampleRate', kind: 'not-allowed-value', expected: 'a number from 0 to 1', found: '1.5' },
  ],
  [
    'a fraction, infinity and not-a-number are no port',
    FIRST,
    `{ gateway: { port: 1.5 }, talk: { providers: 1 }, session: { maintenance: { pruneAfter: Infinity, maxDiskBytes: NaN } } }`,
    { at: 'gateway.port', kind: 'wrong-type', expected: 'a whole number above 0' },
    { at: 'talk.providers', kind: 'wrong-type', expected: 'an object', found: 'a number' },
    { at: 'session.maintenance.pruneAfter', kind: 'wrong-type' },
    { at: 'session.maintenance.maxDiskBytes', kind: 'wrong-type' },
  ],
  [
    'yes is not true',
    FIRST,
    `{ gateway: { controlUi: { enabled: 'yes' } } }`,
    { at: 'gateway.controlUi.enabled', kind: 'wrong-type', expected: 'true or false', suggestion: 'true' },
  ],
  [
    'one value where a list belongs',
    FIRST,
    `{ channels: { telegram: { allowFrom: '*' } } }`,
    { at: 'channels.telegram.allowFrom', kind: 'wrong-type', suggestion: 'a list with this value in it' },
  ],
  [
    'an id that lost its quotes',
    FIRST,
    `{ channels: { discord: { allowFrom: [123456789] } } }`,
    { at: 'channels.discord.allowFrom[0]', kind: 'wrong-type', found: 'a number', suggestion: 'the same in quotes' },
  ],
  [
    'null is not absent',
    SECOND,
    `{ gateway: null }`,
    { at: 'gateway', kind: 'wrong-type', expected: 'an object', found: 'null' },
  ],
  [
    'text by its pattern',
    FIRST,
    `{ session: { maintenance: { pruneAfter: 'soon' } }, ui: { seamColor: 'red' } }`,
    {
      at: 'session.maintenance.pruneAfter',
      kind: 'not-allowed-value',
      expected: 'a duration such as 30m or 1h30m',
      found: 'another string',
    },
    { at: 'ui.seamColor', kind: 'not-allowed-value', expected: 'a colour such as #1a2b3c' },
  ],
  [
    'lists by their length',
    FIRST,
    `{ cron: { retry: { backoffMs: [] } } }`,
    { at: 'cron.retry.backoffMs', kind: 'not-allowed-value', expected: 'a list of 1 to 10 items', found: 'a list' },
  ],
  [
    'a list of exactly two',
    SECOND,
    `{ models: { providers: { x: { baseUrl: 'u', models: [{ id: 'a', name: 'a', cost: { tieredPricing: [{ input: 1, output: 1, cacheRead: 1, cacheWrite: 1, range: [1, 2, 3] }] } }] } } } }`,
    { at: 'models.providers.x.models[0].cost.tieredPricing[0].range', kind: 'not-allowed-value' },
  ],
  [
    'a condition between keys of a plugin',
    SECOND,
    `{ plugins: { entries: { 'memory-wiki': { config: { vaultMode: 'unsafe-local', vault: { scope: 'agent' } } }, onepassword: { config: { vault: 'v' } } } } }`,
    { at: 'plugins.entries.memory-wiki.config', kind: 'rule' },
    { at: 'plugins.entries.onepassword.config.items', kind: 'missing', expected: 'a value' },
  ],
];

const ALTERNATIVES: readonly Row[] = [
  [
    'each of them fits',
    FIRST,
    `{ gateway: { auth: { token: { source: 'env', provider: 'default', id: 'TOKEN' }, password: 'p' } } }`,
  ],
  [
    'the word that tells them apart is wrong',
    FIRST,
    `{ gateway: { auth: { token: { source: 'evn', provider: 'default', id: 'TOKEN' } } } }`,
    {
      at: 'gateway.auth.token.source',
      kind: 'not-allowed-value',
      expected: 'one of env, file, exec',
      suggestion: 'env',
    },
  ],
  [
    'the word that tells them apart is missing',
    SECOND,
    `{ gateway: { auth: { token: { provider: 'default', id: 'TOKEN' } } } }`,
    { at: 'gateway.auth.token.source', kind: 'missing', expected: 'one of env, file, exec, store' },
  ],
  [
    'only what the nearest one lacks',
    FIRST,
    `{ gateway: { auth: { token: { source: 'env', provider: 'default', id: 'token' } } } }`,
    { at: 'gateway.auth.token.id', kind: 'not-allowed-value', expected: 'a variable name such as OPENAI_API_KEY' },
  ],
  [
    'an unknown key in one of them',
    FIRST,
    `{ agents: { defaults: { model: { primary: 'a/b', falbacks: [] } } } }`,
    { at: 'agents.defaults.model.falbacks', kind: 'unknown-key', suggestion: 'fallbacks' },
  ],
  [
    'none is of this type',
    FIRST,
    `{ agents: { defaults: { model: [] } } }`,
    { at: 'agents.defaults.model', kind: 'wrong-type', expected: 'a string or an object', found: 'a list' },
  ],
  [
    'words and a switch',
    FIRST,
    `{ channels: { telegram: { streaming: 'offf' } } }`,
    {
      at: 'channels.telegram.streaming',
      kind: 'not-allowed-value',
      expected: 'one of off, partial, block, progress, or true or false',
      suggestion: 'off',
    },
  ],
  [
    'an optional word that tells them apart',
    SECOND,
    `{ bindings: [{ agentId: 'main' }, { type: 'acp', agentId: 'main', match: { channel: 'x' } }] }`,
    { at: 'bindings[0].match', kind: 'missing' },
    { at: 'bindings[1].match.peer', kind: 'missing' },
  ],
];

const MOVED: readonly Row[] = [
  [
    'an old key in a new version',
    SECOND,
    `{ gateway: { nodes: { denyCommands: ['x'] } }, messages: { tts: {} }, env: { FOO: 'x' } }`,
    {
      at: 'gateway.nodes.denyCommands',
      kind: 'moved-key',
      expected: 'gateway.nodes.commands.deny in OpenClaw 2026.9.6',
      suggestion: 'gateway.nodes.commands.deny',
    },
    { at: 'messages.tts', kind: 'moved-key', suggestion: 'tts' },
    { at: 'env.FOO', kind: 'moved-key', suggestion: 'env.vars.FOO' },
  ],
  [
    'a new key in an old version',
    FIRST,
    `{ agents: { entries: { a: {} } }, tts: {}, gateway: { nodes: { commands: { deny: ['x'] } } } }`,
    { at: 'agents.entries', kind: 'moved-key', suggestion: 'agents.list' },
    { at: 'tts', kind: 'moved-key', suggestion: 'messages.tts' },
    { at: 'gateway.nodes.commands', kind: 'moved-key', suggestion: 'gateway.nodes.denyCommands' },
  ],
  [
    'a key that is gone',
    SECOND,
    `{ logging: { redactSensitive: 'tools' }, memory: { backend: 'builtin' } }`,
    {
      at: 'logging.redactSensitive',
      kind: 'moved-key',
      expected: 'nothing: OpenClaw removed this key in 2026.8.1',
      suggestion: undefined,
    },
    { at: 'memory.backend', kind: 'moved-key', expected: 'nothing: OpenClaw removed this key', suggestion: undefined },
  ],
  [
    'a key that changes its value with its place',
    SECOND,
    `{ agents: { defaults: { sandbox: { perSession: true } } } }`,
    {
      at: 'agents.defaults.sandbox.perSession',
      kind: 'moved-key',
      expected: 'agents.defaults.sandbox.scope in OpenClaw 2026.9.6, with session for true, shared for false',
    },
  ],
  [
    'moved twice',
    SECOND,
    `{ memorySearch: {} }`,
    { at: 'memorySearch', kind: 'moved-key', suggestion: 'memory.search' },
  ],
  [
    'fell apart',
    FIRST,
    `{ routing: { allowFrom: ['x'], queue: {} } }`,
    { at: 'routing', kind: 'moved-key', suggestion: 'channels.whatsapp.allowFrom and messages.queue' },
  ],
  [
    'in the schema still, refused all the same',
    FIRST,
    `{ messages: { tts: { enabled: true } } }`,
    { at: 'messages.tts.enabled', kind: 'moved-key', suggestion: 'messages.tts.auto' },
  ],
  [
    'provider keys of the web search',
    SECOND,
    `{ tools: { web: { search: { apiKey: 'x', perplexity: {}, provider: 'brave' } } } }`,
    { at: 'tools.web.search.apiKey', kind: 'moved-key' },
    { at: 'tools.web.search.perplexity', kind: 'moved-key' },
  ],
  ['converted on load', SECOND, `{ agents: { list: [{ id: 'a', default: true }, { id: 'b', contextTokens: 5 }] } }`],
  [
    'converted on load, with a fault inside',
    SECOND,
    `{ agents: { list: [{ id: 'a', tools: { exec: { timeoutSec: 5 } } }] } }`,
    {
      at: 'agents.list[0].tools.exec.timeoutSec',
      kind: 'moved-key',
      suggestion: 'agents.list[0].tools.exec.timeoutSeconds',
    },
  ],
];

const RULES: readonly Row[] = [
  [
    'an open door without the star',
    FIRST,
    `{ channels: { telegram: { dmPolicy: 'open', allowFrom: ['1'] } } }`,
    {
      at: 'channels.telegram.allowFrom',
      kind: 'rule',
      expected: '"*" in the list, for channels.telegram.dmPolicy is open',
      found: 'a list without "*"',
    },
  ],
  ['newer versions only warn', SECOND, `{ channels: { telegram: { dmPolicy: 'open' } } }`],
  [
    'an empty allowlist of an account',
    FIRST,
    `{ channels: { slack: { accounts: { a: { dmPolicy: 'allowlist' }, b: { dmPolicy: 'allowlist', enabled: false } } } } }`,
    { at: 'channels.slack.accounts.a.allowFrom', kind: 'rule', found: 'nothing' },
  ],
  [
    'sandboxes',
    SECOND,
    `{ agents: { defaults: { sandbox: { docker: { network: ' HOST ', binds: ['./x:/y'], seccompProfile: 'unconfined' }, browser: { network: 'container:x' } } } } }`,
    { at: 'agents.defaults.sandbox.docker.network', kind: 'rule', found: 'host' },
    { at: 'agents.defaults.sandbox.docker.binds[0]', kind: 'rule', found: 'a relative path' },
    { at: 'agents.defaults.sandbox.docker.seccompProfile', kind: 'rule' },
    { at: 'agents.defaults.sandbox.browser.network', kind: 'rule' },
  ],
  [
    'tailscale in front of an open port',
    FIRST,
    `{ gateway: { bind: 'lan', tailscale: { mode: 'serve' } } }`,
    { at: 'gateway.bind', kind: 'rule', found: 'lan', suggestion: 'loopback' },
  ],
  [
    'tailscale in front of a loopback address',
    FIRST,
    `{ gateway: { bind: 'custom', customBindHost: '127.0.0.1', tailscale: { mode: 'serve' } } }`,
  ],
  [
    'tailscale without authentication',
    SECOND,
    `{ gateway: { auth: { mode: 'none' }, tailscale: { mode: 'funnel' } } }`,
    { at: 'gateway.auth.mode', kind: 'rule' },
  ],
  [
    'two lists that say two things',
    FIRST,
    `{ tools: { allow: ['a'], alsoAllow: ['b'], byProvider: { x: { allow: [], alsoAllow: ['b'] } } } }`,
    { at: 'tools', kind: 'rule', expected: 'only one of allow and alsoAllow', found: 'both' },
  ],
  [
    'two agents in one directory',
    FIRST,
    `{ agents: { list: [{ id: 'a', agentDir: '/x' }, { id: 'b', agentDir: '/x/' }] } }`,
    { at: 'agents.list[1].agentDir', kind: 'rule', expected: 'a directory other than that of agents.list[0]' },
  ],
  [
    'several agents and no owner',
    SECOND,
    `{ agents: { entries: { a: {}, b: {} } } }`,
    { at: 'agents.ownership', kind: 'missing' },
  ],
  [
    'an agent that is not in the roster',
    SECOND,
    `{ agents: { entries: { a: {} } }, bindings: [{ agentId: 'b', match: { channel: 'telegram' } }] }`,
    { at: 'bindings[0].agentId', kind: 'rule', found: 'another id' },
  ],
  [
    'a secret that a mode needs',
    FIRST,
    `{ channels: { slack: { mode: 'http' }, telegram: { webhookUrl: 'https://x.example' } } }`,
    { at: 'channels.slack.signingSecret', kind: 'missing' },
    { at: 'channels.telegram.webhookSecret', kind: 'missing' },
  ],
  [
    'a slip of a channel',
    SECOND,
    `{ channels: { telegarm: {}, mychat: {} } }`,
    { at: 'channels.telegarm', kind: 'unknown-key', suggestion: 'telegram' },
  ],
  [
    'a channel of a plugin that the config names',
    SECOND,
    `{ channels: { telegarm: {} }, plugins: { allow: ['telegarm'] } }`,
  ],
];

const UNKNOWABLE: readonly Row[] = [
  ['an unset variable may hold any word', FIRST, `{ gateway: { bind: '\${BIND}' } }`],
  ['an unset variable may hold any text', SECOND, `{ session: { maintenance: { pruneAfter: '\${AGE}' } } }`],
  [
    'but never a number',
    SECOND,
    `{ gateway: { port: '\${PORT}' } }`,
    { at: 'gateway.port', kind: 'wrong-type', found: 'a string' },
  ],
  [
    'an allowlist with an unset variable',
    FIRST,
    `{ channels: { telegram: { dmPolicy: 'open', allowFrom: ['\${WHO}'] } } }`,
  ],
  ['what an unread file may hold', FIRST, `{ channels: { telegram: { dmPolicy: 'open', $include: './rest.json' } } }`],
  ['what a broken text may go on with', FIRST, `{ agents: { list: [ { name: 'x', `],
];

describe.each([
  ['keys', KEYS],
  ['values', VALUES],
  ['alternatives', ALTERNATIVES],
  ['moved keys', MOVED],
  ['rules between keys', RULES],
  ['what cannot be known', UNKNOWABLE],
])('%s', (_, rows) => {
  for (const [name, era, config, ...expected] of rows) {
    it(`${name} (${era})`, async () => {
      const { problems, count } = await validate(era, config);
      expect(problems.map(({ path, ...problem }) => ({ at: formatKeyPath(path), ...problem }))).toEqual(
        expected.map((want) => expect.objectContaining(dropUndefined(want))),
      );
      for (const [i, want] of expected.entries())
        if ('suggestion' in want) expect(problems[i]?.suggestion).toBe(want.suggestion);
      expect(count).toBe(expected.length);
    });
  }
});

function dropUndefined(want: Expected): object {
  return Object.fromEntries(Object.entries(want).filter(([, value]) => value !== undefined));
}

describe('plugins that are installed', () => {
  const context: RuleContext = { pluginChannels: new Set(['mychat']), plugins: new Set(['mine']) };
  it.each([
    ['channels of a plugin', FIRST, `{ channels: { mychat: {}, matrix: {} } }`, []],
    ['a channel of none', FIRST, `{ channels: { other: {} } }`, ['channels.other']],
    ['a channel of none, newer', SECOND, `{ channels: { other: {} } }`, ['channels.other']],
    ['plugins in a list', FIRST, `{ plugins: { allow: ['mine', 'discord', 'gone'] } }`, ['plugins.allow[2]']],
    ['newer versions only warn', SECOND, `{ plugins: { allow: ['gone'] } }`, []],
  ] as const)('%s', async (_, era, config, at) => {
    const { problems } = await validate(era, config, context);
    expect(problems.map(({ path }) => formatKeyPath(path))).toEqual(at);
  });
});

describe('what OpenClaw itself said', () => {
  // Recorded from the validators of OpenClaw 2026.3.7 and 2026.9.6 in an empty home: [config, accepted, accepted].
  const verdicts = JSON.parse(
    readFileSync(new URL('./fixtures/schema-verdicts.json', import.meta.url), 'utf8'),
  ) as readonly (readonly [unknown, boolean, boolean])[];
  it.each([
    [FIRST, 1],
    [SECOND, 2],
  ] as const)('%s agrees on every config', async (era, column) => {
    const bare: RuleContext = { pluginChannels: new Set(), plugins: new Set() };
    const differing: string[] = [];
    for (const verdict of verdicts) {
      // `${NAME}` is unset there too, but the tool takes it literally and we do not know it.
      const text = JSON.stringify(verdict[0]);
      if (text.includes('${')) continue;
      const { count } = await validate(era, text, bare);
      if ((count === 0) !== verdict[column]) differing.push(text);
    }
    expect(differing).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(250);
  });
});

describe('tables', () => {
  it.each([
    ['2026.3.7', FIRST, true],
    ['2026.9.6', SECOND, true],
    ['2026.3.1', FIRST, false],
    ['2026.7.31', FIRST, false],
    ['2026.8.1-beta.2', FIRST, false],
    ['2026.8.1', SECOND, false],
    ['2027.1.1', SECOND, false],
    ['who knows', SECOND, false],
  ])('%s is judged by the table of %s', (version, era, exact) => {
    const choice = eraForVersion(version);
    expect(choice).toMatchObject({ era, exact });
    expect(choice.note === undefined).toBe(exact);
  });

  it.each([FIRST, SECOND] as const)('%s is whole', async (era) => {
    const table = await loadSchemaTable(era);
    expect(table.openclaw).toBe(era);
    expect(await loadSchemaTable(era)).toBe(table);
    for (let at = 0; at < table.size; at++) {
      const node = table.node(at);
      const { keys = {}, any = [], all = [], tuple = [], need = [], pattern } = node;
      const targets = [...Object.values(keys), ...any, ...all, ...tuple];
      for (const index of [node.items, node.names, node.not, node.if, node.then, node.rest])
        if (typeof index === 'number') targets.push(index);
      expect(targets.every((index) => Number.isInteger(index) && index >= 0 && index < table.size)).toBe(true);
      expect(need.every((key) => Object.hasOwn(keys, key) || node.rest !== false)).toBe(true);
      if (pattern !== undefined) expect(() => new RegExp(pattern, 'u')).not.toThrow(TypeError);
    }
  });
});
