import { exposureCases, SAFE_GATEWAY, telegram } from '../case.ts';

const home = (...parts: string[]) => `{ ${[SAFE_GATEWAY, ...parts].join(', ')} }`;
const SANDBOX = (mode: string) => `agents: { defaults: { sandbox: { mode: '${mode}' } } }`;
const many = (n: number) => Array.from({ length: n }, (_, i) => `'-${100 + i}': {}`).join(', ');

/** What members of groups reach. */
export const GROUPS = exposureCases(
  {
    name: 'listed groups, listed senders',
    config: home(telegram(`groups: { '-1': {} }, groupAllowFrom: ['1']`)),
    paths: [],
  },
  {
    name: 'an open policy',
    config: home(telegram(`groupPolicy: 'open'`)),
    paths: ['group-member host-shell open'],
    cut: ['Answer only in listed groups on Telegram'],
    closes: '1/1',
  },
  {
    name: 'an open policy, groups in a sandbox',
    config: home(telegram(`groupPolicy: 'open'`), SANDBOX('non-main')),
    paths: [],
  },
  {
    name: 'an open policy, groups in the main session',
    version: '2026.9.6',
    config: home(telegram(`groupPolicy: 'open'`), SANDBOX('non-main'), `session: { groupScope: 'main' }`),
    paths: ['group-member host-shell open'],
  },
  {
    name: 'an open policy that counts for listed groups only is a warning',
    config: home(telegram(`groupPolicy: 'open', groups: { '-1': {}, '-2': {} }`)),
    paths: ['group-member host-shell open'],
    closes: '0/0',
    nodes: ['2 Telegram groups'],
  },
  {
    name: 'two hundred groups alike are one',
    config: home(telegram(`groupPolicy: 'open', groups: { ${many(200)} }`)),
    paths: ['group-member host-shell open'],
    nodes: ['200 Telegram groups'],
  },
  {
    name: 'every sender of a listed group',
    config: home(telegram(`groups: { '-1': {} }, groupAllowFrom: ['*']`)),
    paths: ['group-member host-shell open'],
    closes: '0/0',
  },
  {
    name: 'every sender of one group, whose tools are few',
    config: home(telegram(`groups: { '-1': { allowFrom: ['*'], tools: { allow: ['web_search'] } } }`)),
    paths: [],
  },
  {
    name: 'a listed server whose members are all answered',
    config: home(`channels: { discord: { token: 'x', guilds: { '1': {} } } }`),
    paths: ['group-member host-shell open'],
    closes: '0/0',
  },
  {
    name: 'a listed server with listed users',
    config: home(`channels: { discord: { token: 'x', guilds: { '1': { users: ['7'] } } } }`),
    paths: [],
  },
  {
    name: 'a listed Slack channel',
    config: home(`channels: { slack: { botToken: 'b', appToken: 'a', channels: { C1: {}, C2: { users: ['U1'] } } } }`),
    paths: ['group-member host-shell open'],
    nodes: ['Slack channel C1'],
  },
  {
    name: 'one group is bound to an agent with commands',
    config: home(
      telegram(`groupPolicy: 'open'`),
      `agents: { list: [{ id: 'desk', default: true, tools: { profile: 'minimal' } }, { id: 'dev' }] }`,
      `bindings: [{ agentId: 'dev', match: { channel: 'telegram', peer: { kind: 'group', id: '-5' } } }]`,
    ),
    paths: ['group-member host-shell open'],
  },
  {
    name: 'groups are off',
    config: home(telegram(`groupPolicy: 'disabled', groups: { '-1': { groupPolicy: 'open' } }`)),
    paths: [],
  },
  {
    name: 'a channel of a plugin is open',
    config: home(`channels: { carrier: { groupPolicy: 'open' } }`),
    paths: [],
    gap: 'channels.carrier.groupPolicy is open',
  },
);
