import { exposureCases, SAFE_GATEWAY, telegram } from '../case.ts';

const OPEN = telegram(`dmPolicy: 'open', allowFrom: ['*']`);
const APART = `session: { dmScope: 'per-channel-peer' }`;
const SANDBOX = (mode: string, more = '') => `agents: { defaults: { sandbox: { mode: '${mode}'${more} } } }`;
const home = (...parts: string[]) => `{ ${[SAFE_GATEWAY, ...parts].join(', ')} }`;

const approvals = (patterns: readonly string[]) => ({
  machine: {
    databases: [],
    mcporter: { status: 'missing' as const, servers: [] },
    indexedPlugins: [],
    execApprovals: {
      path: '/home/u/.openclaw/exec-approvals.json',
      defaults: { allowlist: [] },
      agents: { main: { allowlist: patterns } },
    },
  },
});

/** What a stranger reaches by writing a direct message. */
export const DIRECT_MESSAGES = exposureCases(
  { name: 'nothing is set: approved senders only', config: home(telegram('')), paths: [], cut: [], closes: '0/0' },
  {
    name: 'an open account in front of default tools',
    config: home(OPEN),
    paths: ['anyone-dm host-shell open'],
    cut: ['Let new senders on Telegram wait for your approval'],
    closes: '1/1',
  },
  {
    name: 'an open account in front of default tools, newer version',
    version: '2026.9.6',
    config: home(OPEN),
    paths: ['anyone-dm host-shell open'],
    cut: ['Let new senders on Telegram wait for your approval'],
    closes: '1/1',
  },
  {
    name: 'an open account bound to a harmless agent, beside one with commands',
    config: home(
      OPEN,
      APART,
      `agents: { list: [{ id: 'main', default: true }, { id: 'desk', tools: { profile: 'minimal' } }] }`,
      `bindings: [{ agentId: 'desk', match: { channel: 'telegram', accountId: '*' } }]`,
    ),
    paths: [],
  },
  {
    name: 'a binding for another account does not count',
    config: home(
      OPEN,
      APART,
      `agents: { list: [{ id: 'main', default: true }, { id: 'desk', tools: { profile: 'minimal' } }] }`,
      `bindings: [{ agentId: 'desk', match: { channel: 'telegram', accountId: 'work' } }]`,
    ),
    paths: ['anyone-dm host-shell open'],
  },
  {
    name: 'the sandbox is for other sessions, and direct messages are in the main one',
    config: home(OPEN, SANDBOX('non-main')),
    paths: ['anyone-dm host-shell open'],
  },
  {
    name: 'the sandbox is for other sessions, and every sender has one',
    config: home(OPEN, APART, SANDBOX('non-main')),
    paths: [],
  },
  {
    name: 'everything in a sandbox, one conversation for all',
    config: home(OPEN, SANDBOX('all')),
    paths: ['anyone-dm other-sessions open'],
    closes: '1/1',
  },
  {
    name: 'whether there is a sandbox cannot be told',
    config: home(OPEN, APART, SANDBOX('${SANDBOX}')),
    paths: ['anyone-dm host-shell possible'],
  },
  {
    name: 'everybody is on the list of an account that asks for pairing',
    config: home(telegram(`dmPolicy: 'pairing', allowFrom: ['*']`)),
    paths: ['anyone-dm host-shell open'],
    cut: ['Let new senders on Telegram wait for your approval'],
  },
  {
    name: 'the account is off',
    config: home(telegram(`enabled: false, dmPolicy: 'open', allowFrom: ['*']`)),
    paths: [],
  },
  { name: 'direct messages are off', config: home(telegram(`dmPolicy: 'disabled'`)), paths: [] },
  {
    name: 'the credentials of the account are not here',
    config: home(`channels: { telegram: { dmPolicy: 'open', allowFrom: ['*'] } }`),
    paths: ['anyone-dm host-shell possible'],
  },
  {
    name: 'the list names what anybody can call themselves',
    config: home(
      `channels: { discord: { token: 'x', dangerouslyAllowNameMatching: true, dm: { policy: 'allowlist', allowFrom: ['alice'] } } }`,
    ),
    paths: ['anyone-dm host-shell possible'],
  },
  {
    name: 'elevated mode is open to everybody and leaves the sandbox',
    config: home(OPEN, APART, SANDBOX('all'), `tools: { elevated: { allowFrom: { telegram: ['*'] } } }`),
    paths: ['anyone-dm host-shell open'],
  },
  {
    name: 'elevated mode is for a listed sender',
    config: home(OPEN, APART, SANDBOX('all'), `tools: { elevated: { allowFrom: { telegram: ['7'] } } }`),
    paths: [],
  },
  {
    name: 'the sandbox is handed the socket of Docker',
    config: home(OPEN, APART, SANDBOX('all', `, docker: { binds: ['/var/run/docker.sock:/var/run/docker.sock'] }`)),
    paths: ['anyone-dm host-shell open'],
  },
  {
    name: 'commands leave the sandbox by their host',
    version: '2026.9.6',
    config: home(OPEN, APART, SANDBOX('all'), `tools: { exec: { host: 'gateway', security: 'full', ask: 'off' } }`),
    paths: ['anyone-dm host-shell open'],
  },
  {
    name: 'somebody is asked before each command, and files are free',
    config: home(
      OPEN,
      APART,
      `tools: { exec: { host: 'gateway', security: 'allowlist', ask: 'on-miss' }, allow: ['exec', 'group:fs'] }`,
    ),
    paths: ['anyone-dm credentials open', 'anyone-dm host-files open'],
  },
  {
    name: 'only listed commands run, and an interpreter is listed',
    config: home(
      OPEN,
      APART,
      `tools: { allow: ['exec'], exec: { host: 'gateway', security: 'allowlist', ask: 'on-miss' } }`,
    ),
    snapshot: approvals(['/usr/bin/python3']),
    paths: ['anyone-dm host-shell possible'],
  },
  {
    name: 'only listed commands run, and none of them runs others',
    config: home(
      OPEN,
      APART,
      `tools: { allow: ['exec'], exec: { host: 'gateway', security: 'allowlist', ask: 'on-miss' } }`,
    ),
    snapshot: approvals(['/usr/bin/uptime']),
    paths: [],
  },
  {
    name: 'commands are refused and files are those of the workspace',
    config: home(
      OPEN,
      APART,
      `tools: { allow: ['exec', 'group:fs'], exec: { host: 'gateway', security: 'deny' }, fs: { workspaceOnly: true } }`,
    ),
    paths: [],
  },
  {
    name: 'only one of two accounts is open',
    config: home(
      `channels: { telegram: { accounts: { home: { botToken: '1:x' }, shop: { botToken: '2:x', dmPolicy: 'open', allowFrom: ['*'] } } } }`,
    ),
    paths: ['anyone-dm host-shell open'],
    nodes: ['Telegram direct messages (account shop)'],
    closes: '1/1',
  },
  {
    name: 'accounts inherit an open policy in the newer version',
    version: '2026.9.6',
    config: home(
      `channels: { telegram: { dmPolicy: 'open', allowFrom: ['*'], accounts: { home: { botToken: '1:x' }, shop: { botToken: '2:x' } } } }`,
    ),
    paths: ['anyone-dm host-shell open'],
    nodes: ['2 Telegram accounts, direct messages'],
    cut: ['Let new senders on Telegram wait for your approval'],
  },
  {
    name: 'two listed people in one conversation are a note',
    config: home(telegram(`dmPolicy: 'allowlist', allowFrom: ['1', '2']`)),
    paths: [],
    notes: ['allowed-sender other-sessions open'],
  },
  {
    name: 'one listed person is nothing at all',
    config: home(telegram(`dmPolicy: 'allowlist', allowFrom: ['1']`)),
    paths: [],
    closes: '0/0',
  },
  {
    name: 'device commands are allowed',
    config: home(OPEN, APART, `tools: { allow: ['nodes'] }`).replace(
      `gateway: {`,
      `gateway: { nodes: { allowCommands: ['camera.snap'] },`,
    ),
    paths: ['anyone-dm paired-devices open'],
  },
  {
    name: 'commands run on a paired device',
    config: home(OPEN, APART, `tools: { allow: ['exec'], exec: { host: 'node', security: 'full', ask: 'off' } }`),
    paths: ['anyone-dm paired-devices open'],
  },
  {
    name: 'a harmless agent may make another one act, newer version',
    version: '2026.9.6',
    config: home(
      OPEN,
      APART,
      `agents: { entries: { main: { default: true }, desk: { tools: { allow: ['sessions_send'] } } } }`,
      `bindings: [{ agentId: 'desk', match: { channel: 'telegram', accountId: '*' } }]`,
    ),
    paths: ['anyone-dm host-shell open'],
  },
  {
    name: 'agents may not speak to each other',
    version: '2026.9.6',
    config: home(
      OPEN,
      APART,
      `agents: { entries: { main: { default: true }, desk: { tools: { allow: ['sessions_send'] } } } }`,
      `bindings: [{ agentId: 'desk', match: { channel: 'telegram', accountId: '*' } }]`,
      `tools: { agentToAgent: { enabled: false } }`,
    ),
    paths: [],
  },
  {
    name: 'agents do not speak to each other by default in the older version',
    config: home(
      OPEN,
      APART,
      `agents: { list: [{ id: 'main', default: true }, { id: 'desk', tools: { allow: ['sessions_send'] } }] }`,
      `bindings: [{ agentId: 'desk', match: { channel: 'telegram', accountId: '*' } }]`,
    ),
    paths: [],
  },
  {
    name: 'the config cannot be read',
    configError: 'unreadable',
    paths: ['lan host-shell possible', 'local-user host-shell possible', 'webhook-caller host-shell possible'],
    gap: 'The config cannot be read',
  },
  {
    name: 'hostile names do not break anything',
    config: home(
      `channels: { telegram: { accounts: { '\\u202e__proto__': { botToken: '1:x', dmPolicy: 'open', allowFrom: ['*'] }, constructor: { botToken: '2:x' } } } }`,
      `agents: { list: [{ id: 'a\\u001b[31m', default: true }, { id: '__proto__' }] }`,
    ),
    paths: ['anyone-dm host-shell open'],
  },
);
