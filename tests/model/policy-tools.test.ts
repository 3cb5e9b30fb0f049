import { describe, expect, it } from 'vitest';
import type { PolicyQuery } from '../../src/model/policy/query.ts';
import { FIRST, policyOf, SECOND, verdict } from './policy-case.ts';

const group = (id?: string): Partial<PolicyQuery> => ({
  channel: 'telegram',
  peer: { kind: 'group', ...(id === undefined ? {} : { id }) },
  sender: { class: 'anyone' },
});

interface ToolCase {
  readonly what: string;
  readonly config: string;
  readonly query?: Partial<PolicyQuery>;
  /** Versions it holds in; both when left out. */
  readonly in?: readonly string[];
  readonly tools: Readonly<Record<string, string>>;
}

const CASES: readonly ToolCase[] = [
  {
    what: 'nothing written: everything, by default',
    config: '{}',
    tools: { exec: 'default: true @ tools.allow (default)', browser: 'default: true @ tools.allow (default)' },
  },
  {
    what: 'a profile restricts, alsoAllow widens it',
    config: `{ tools: { profile: 'messaging', alsoAllow: ['read'] } }`,
    tools: {
      exec: 'profile: false @ tools.profile',
      message: 'profile: true @ tools.profile',
      read: 'global: true @ tools.alsoAllow[0]',
    },
  },
  {
    what: "an agent's profile and alsoAllow come before the shared ones",
    config: `{ tools: { profile: 'messaging', alsoAllow: ['exec'] }, agents: { list: [{ id: 'main', tools: { profile: 'minimal', alsoAllow: ['read'] } }] } }`,
    in: [FIRST],
    tools: {
      exec: 'profile: false @ agents.list[0].tools.profile',
      read: 'agent: true @ agents.list[0].tools.alsoAllow[0]',
    },
  },
  {
    what: 'deny wins over allow, aliases and case',
    config: `{ tools: { allow: ['*'], deny: [' BASH ', 'Apply-Patch'] } }`,
    tools: {
      exec: 'global: false @ tools.deny[0]',
      apply_patch: 'global: false @ tools.deny[1]',
      process: 'global: true @ tools.allow[0]',
    },
    in: [SECOND],
  },
  {
    what: 'groups and patterns',
    config: `{ tools: { allow: ['group:fs', 'sessions_*', '*_search'] } }`,
    tools: {
      read: 'global: true @ tools.allow[0]',
      sessions_list: 'global: true @ tools.allow[1]',
      memory_search: 'global: true @ tools.allow[2]',
      web_fetch: 'global: false @ tools.allow',
    },
  },
  {
    what: '2026.3.7 drops an allow list without a tool of its own',
    config: `{ tools: { allow: ['web_*', 'lobster'] } }`,
    in: [FIRST],
    tools: { exec: 'default: true @ tools.allow (default)' },
  },
  {
    what: '2026.9.6 keeps it',
    config: `{ tools: { allow: ['web_*', 'lobster'] } }`,
    in: [SECOND],
    tools: { exec: 'global: false @ tools.allow', lobster: 'global: true @ tools.allow[1]' },
  },
  {
    what: 'former names',
    config: `{ tools: { deny: ['cron', 'canvas', 'update_plan'] } }`,
    in: [SECOND],
    tools: {
      automations: 'global: false @ tools.deny[0]',
      show_widget: 'global: false @ tools.deny[1]',
      progress_card: 'global: false @ tools.deny[2]',
    },
  },
  {
    what: 'who may write may patch (2026.9.6)',
    config: `{ tools: { allow: ['write'] } }`,
    in: [SECOND],
    tools: { apply_patch: 'global: true @ tools.allow[0]' },
  },
  {
    what: 'patches are off in 2026.3.7 unless enabled',
    config: '{}',
    in: [FIRST],
    tools: { apply_patch: 'runtime: false @ tools.exec.applyPatch.enabled (default)' },
  },
  {
    what: 'enabled, for OpenAI only',
    config: '{ tools: { exec: { applyPatch: { enabled: true } } } }',
    in: [FIRST],
    query: { provider: 'anthropic' },
    tools: { apply_patch: 'runtime: false @ tools.exec.applyPatch.enabled' },
  },
  {
    what: 'a provider override: provider/model before provider',
    config: `{ tools: { byProvider: { OpenAI: { deny: ['exec'] }, 'openai/gpt-5': { profile: 'minimal', alsoAllow: ['exec'] } } } }`,
    query: { provider: 'openai', modelId: 'gpt-5' },
    tools: {
      exec: 'global-provider: true @ tools.byProvider["openai/gpt-5"].alsoAllow[0]',
      read: 'provider-profile: false @ tools.byProvider["openai/gpt-5"].profile',
    },
  },
  {
    what: 'the override of the provider for its other models',
    config: `{ tools: { byProvider: { OpenAI: { deny: ['exec'] }, 'openai/gpt-5': { profile: 'minimal' } } } }`,
    query: { provider: 'openai', modelId: 'o4' },
    tools: { exec: 'global-provider: false @ tools.byProvider.OpenAI.deny[0]' },
  },
  {
    what: 'no provider asked for: overrides are left aside',
    config: `{ tools: { byProvider: { openai: { deny: ['exec'] } } } }`,
    tools: { exec: 'default: true @ tools.allow (default)' },
  },
  {
    what: "an agent's own override",
    config: `{ agents: { entries: { main: { tools: { byProvider: { openai: { deny: ['exec'] } } } } } } }`,
    in: [SECOND],
    query: { provider: 'OpenAI' },
    tools: { exec: 'agent-provider: false @ agents.entries.main.tools.byProvider.openai.deny[0]' },
  },
  {
    what: "a group's own tools, not those of *",
    config: `{ channels: { telegram: { groups: { '-100': { tools: { allow: ['read'] } }, '*': { tools: { deny: ['read'] } } } } } }`,
    query: group('-100'),
    tools: {
      read: 'group: true @ channels.telegram.groups["-100"].tools.allow[0]',
      exec: 'group: false @ channels.telegram.groups["-100"].tools.allow',
    },
  },
  {
    what: 'another group: the entry *',
    config: `{ channels: { telegram: { groups: { '-100': { tools: { allow: ['read'] } }, '*': { tools: { deny: ['read'] } } } } } }`,
    query: group('-200'),
    tools: { read: 'group: false @ channels.telegram.groups["*"].tools.deny[0]' },
  },
  {
    what: 'which group is left open',
    config: `{ channels: { telegram: { groups: { '-100': { tools: { allow: ['read', 'exec'] } }, '*': { tools: { deny: ['read'] } } } } } }`,
    query: group(),
    tools: {
      read: 'group: ? it depends on the group',
      exec: 'group: true @ channels.telegram.groups["-100"].tools.allow[1]',
    },
  },
  {
    what: 'a topic belongs to its group; private chats have no group tools',
    config: `{ channels: { telegram: { groups: { '-100': { tools: { deny: ['exec'] } } } } } }`,
    query: group('-100:topic:7'),
    tools: { exec: 'group: false @ channels.telegram.groups["-100"].tools.deny[0]' },
  },
  {
    what: 'a group whose messages go to the main session loses its tools (2026.9.6)',
    config: `{ session: { groupScope: 'main' }, channels: { telegram: { groups: { '*': { tools: { deny: ['exec'] } } } } } }`,
    in: [SECOND],
    query: group('-100'),
    tools: { exec: 'default: true @ tools.allow (default)' },
  },
  {
    what: 'tools of a private chat (2026.9.6)',
    config: `{ channels: { telegram: { direct: { '42': { tools: { deny: ['exec'] } }, '*': { toolsBySender: { '*': { deny: ['read'] } } } } } } }`,
    in: [SECOND],
    query: { channel: 'telegram', sender: { class: 'anyone' } },
    tools: {
      exec: 'default: true @ tools.allow (default)',
      read: 'group: false @ channels.telegram.direct["*"].toolsBySender["*"].deny[0]',
    },
  },
  {
    what: 'tools of the private chat of one person (2026.9.6)',
    config: `{ channels: { telegram: { direct: { '42': { tools: { deny: ['exec'] } }, '*': { tools: { deny: ['read'] } } } } } }`,
    in: [SECOND],
    query: { channel: 'telegram', sender: { class: 'allowed', id: '42' } },
    tools: {
      exec: 'group: false @ channels.telegram.direct["42"].tools.deny[0]',
      read: 'default: true @ tools.allow (default)',
    },
  },
  {
    what: 'are accepted and not read in 2026.3.7',
    config: `{ channels: { telegram: { direct: { '*': { tools: { deny: ['exec'] } } } } } }`,
    in: [FIRST],
    query: { channel: 'telegram', sender: { class: 'anyone' } },
    tools: { exec: 'default: true @ tools.allow (default)' },
  },
  {
    what: 'the channel of a key before the id, and the first of two spellings of a provider (2026.9.6)',
    config: `{ tools: { toolsBySender: { 'id:42': { deny: ['read'] }, 'channel:telegram:42': { deny: ['write'] } }, byProvider: { openai: {}, OpenAI: { deny: ['exec'] } } } }`,
    in: [SECOND],
    query: { channel: 'telegram', sender: { class: 'allowed', id: '42' }, provider: 'openai' },
    tools: {
      write: 'sender: false @ tools.toolsBySender["channel:telegram:42"].deny[0]',
      read: 'default: true @ tools.allow (default)',
      exec: 'default: true @ tools.allow (default)',
    },
  },
  {
    what: 'plugins as a group',
    config: `{ tools: { allow: ['group:plugins', 'read'] } }`,
    tools: { memory_search: 'global: true @ tools.allow[0]', exec: 'global: false @ tools.allow' },
  },
  {
    what: "an account's groups replace the channel's",
    config: `{ channels: { telegram: { groups: { '*': { tools: { deny: ['exec'] } } }, accounts: { Work: { groups: { '*': { tools: { deny: ['read'] } } } } } } } }`,
    query: { ...group('1'), account: 'work' },
    tools: {
      read: 'group: false @ channels.telegram.accounts.Work.groups["*"].tools.deny[0]',
      exec: 'default: true @ tools.allow (default)',
    },
  },
  {
    what: 'per sender in a group, by id',
    config: `{ channels: { telegram: { groups: { '*': { tools: { deny: ['exec'] }, toolsBySender: { 'id:42': { deny: ['browser'] }, '*': { deny: ['read'] } } } } } } }`,
    query: { ...group('1'), sender: { class: 'allowed', id: '42' } },
    tools: {
      browser: 'group: false @ channels.telegram.groups["*"].toolsBySender["id:42"].deny[0]',
      exec: 'default: true @ tools.allow (default)',
    },
  },
  {
    what: 'per sender in a group, a stranger',
    config: `{ channels: { telegram: { groups: { '*': { tools: { deny: ['exec'] }, toolsBySender: { 'id:42': { allow: ['*'] }, '*': { deny: ['read'] } } } } } } }`,
    query: group('1'),
    tools: { read: 'group: false @ channels.telegram.groups["*"].toolsBySender["*"].deny[0]' },
  },
  {
    what: 'per sender in a group, one of the admitted',
    config: `{ channels: { telegram: { groups: { '*': { tools: { deny: ['exec'] }, toolsBySender: { 'id:42': { deny: ['browser'] } } } } } } }`,
    query: { ...group('1'), sender: { class: 'allowed' } },
    tools: { exec: 'group: ? it depends on the sender', read: 'default: true @ tools.allow (default)' },
  },
  {
    what: 'a Discord room before its server',
    config: `{ channels: { discord: { guilds: { g1: { tools: { deny: ['exec'] }, channels: { c1: { tools: { deny: ['read'] } } } } } } } }`,
    query: { channel: 'discord', peer: { kind: 'channel', id: 'c1' }, guildId: 'g1' },
    tools: {
      read: 'group: false @ channels.discord.guilds.g1.channels.c1.tools.deny[0]',
      exec: 'default: true @ tools.allow (default)',
    },
  },
  {
    what: 'the server of a Discord room that has no entry',
    config: `{ channels: { discord: { guilds: { g1: { tools: { deny: ['exec'] } }, '*': { tools: { deny: ['read'] } } } } } }`,
    query: { channel: 'discord', peer: { kind: 'channel', id: 'c9' }, guildId: 'g1' },
    tools: { exec: 'group: false @ channels.discord.guilds.g1.tools.deny[0]' },
  },
  {
    what: 'a Slack channel with an entry does not fall back on *',
    config: `{ channels: { slack: { channels: { C1: {}, '*': { tools: { deny: ['exec'] } } } } } }`,
    query: { channel: 'slack', peer: { kind: 'channel', id: 'C1' } },
    tools: { exec: 'default: true @ tools.allow (default)' },
  },
  {
    what: 'per sender for all channels, the agent first (2026.9.6)',
    config: `{ tools: { toolsBySender: { '*': { deny: ['exec'] } } }, agents: { entries: { main: { tools: { toolsBySender: { 'channel:telegram:42': { deny: ['read'] } } } } } } }`,
    in: [SECOND],
    query: { channel: 'telegram', sender: { class: 'allowed', id: '42' } },
    tools: {
      read: 'sender: false @ agents.entries.main.tools.toolsBySender["channel:telegram:42"].deny[0]',
      exec: 'default: true @ tools.allow (default)',
    },
  },
  {
    what: 'the same for a stranger (2026.9.6)',
    config: `{ tools: { toolsBySender: { '*': { deny: ['exec'] } } }, agents: { entries: { main: { tools: { toolsBySender: { 'channel:telegram:42': { deny: ['read'] } } } } } } }`,
    in: [SECOND],
    query: { channel: 'telegram', sender: { class: 'anyone' } },
    tools: { exec: 'sender: false @ tools.toolsBySender["*"].deny[0]' },
  },
  {
    what: 'names are not told by an id (2026.9.6)',
    config: `{ tools: { toolsBySender: { 'name:Bob': { deny: ['exec'] } } } }`,
    in: [SECOND],
    query: { channel: 'telegram', sender: { class: 'allowed', id: '42' } },
    tools: { exec: 'sender: ? it depends on the sender' },
  },
  {
    what: 'tools for owners alone',
    config: `{ channels: { telegram: { allowFrom: ['1'] } }, commands: { ownerAllowFrom: ['telegram:1'] } }`,
    query: { channel: 'telegram', sender: { class: 'allowed', id: '2' } },
    tools: { gateway: 'owner-only: false @ commands.ownerAllowFrom' },
  },
  {
    what: 'the owner has them',
    config: `{ commands: { ownerAllowFrom: ['telegram:1'] } }`,
    query: { channel: 'telegram', sender: { class: 'allowed', id: '1' } },
    tools: { gateway: 'default: true @ tools.allow (default)' },
  },
  {
    what: 'in 2026.3.7 a closed list makes owners of all it has',
    config: `{ channels: { telegram: { allowFrom: ['1', '2'] } } }`,
    in: [FIRST],
    query: { channel: 'telegram', sender: { class: 'allowed' } },
    tools: { gateway: 'default: true @ tools.allow (default)' },
  },
  {
    what: 'in 2026.9.6 it does not',
    config: `{ channels: { telegram: { allowFrom: ['1', '2'] } } }`,
    in: [SECOND],
    query: { channel: 'telegram', sender: { class: 'allowed' } },
    tools: { gateway: 'owner-only: false @ commands.ownerAllowFrom (default)' },
  },
  {
    what: "the sandbox's own lists, in the sandbox",
    config: `{ agents: { defaults: { sandbox: { mode: 'all' } } } }`,
    tools: {
      browser: 'sandbox: false @ tools.sandbox.tools.deny (default)',
      exec: 'sandbox: true @ tools.sandbox.tools.allow (default)',
      web_fetch: 'sandbox: false @ tools.sandbox.tools.allow (default)',
    },
  },
  {
    what: 'not outside it',
    config: `{ agents: { defaults: { sandbox: { mode: 'non-main' } } } }`,
    tools: { browser: 'default: true @ tools.allow (default)' },
  },
  {
    what: 'a list that is allowed by name lifts the built-in denial (2026.9.6)',
    config: `{ agents: { defaults: { sandbox: { mode: 'all' } } }, tools: { sandbox: { tools: { alsoAllow: ['browser'] } } } }`,
    in: [SECOND],
    tools: {
      browser: 'sandbox: true @ tools.sandbox.tools.alsoAllow[0]',
      exec: 'sandbox: true @ tools.sandbox.tools.allow (default)',
    },
  },
  {
    what: 'a read-only workspace leaves nothing to write with',
    config: `{ agents: { defaults: { sandbox: { mode: 'all', workspaceAccess: 'ro' } } } }`,
    tools: { write: 'runtime: false @ agents.defaults.sandbox.workspaceAccess' },
  },
  {
    what: 'a sub-agent that may not start others',
    config: '{}',
    in: [FIRST],
    query: { subagent: 1 },
    tools: {
      gateway: 'subagent: false @ tools.subagents.tools.deny (default)',
      sessions_spawn: 'subagent: false @ tools.subagents.tools.deny (default)',
      subagents: 'default: true @ tools.allow (default)',
    },
  },
  {
    what: 'one that may',
    config: '{ agents: { defaults: { subagents: { maxSpawnDepth: 2 } } } }',
    in: [FIRST],
    query: { subagent: 1 },
    tools: { sessions_spawn: 'default: true @ tools.allow (default)' },
  },
  {
    what: 'an allow list lifts built-in denials in 2026.3.7',
    config: `{ tools: { subagents: { tools: { alsoAllow: ['cron'] } } } }`,
    in: [FIRST],
    query: { subagent: 1 },
    tools: { cron: 'default: true @ tools.allow (default)' },
  },
  {
    what: 'not in 2026.9.6',
    config: `{ tools: { subagents: { tools: { alsoAllow: ['automations'] } } } }`,
    in: [SECOND],
    query: { subagent: 1 },
    tools: { automations: 'subagent: false @ tools.subagents.tools.deny (default)' },
  },
  {
    what: 'an unset variable hides only what depends on it',
    config: `{ tools: { allow: ['read', '\${MORE}'], deny: ['exec'] } }`,
    tools: {
      read: 'global: true @ tools.allow[0]',
      exec: 'global: false @ tools.deny[0]',
      browser: 'global: ? ${MORE} is not set',
    },
  },
  {
    what: 'an unset variable in a denial hides all but what is denied',
    config: `{ tools: { deny: ['exec', '\${MORE}'] } }`,
    tools: { exec: 'global: false @ tools.deny[0]', read: 'global: ? ${MORE} is not set' },
  },
  {
    what: 'an unset profile hides all',
    config: `{ tools: { profile: '\${PROFILE}', deny: ['exec'] } }`,
    tools: { exec: 'global: false @ tools.deny[0]', read: 'profile: ? ${PROFILE} is not set' },
  },
  {
    what: 'names of object internals are names',
    config: `{ tools: { profile: 'constructor', deny: ['__proto__', 'toString'] }, agents: { defaults: { sandbox: { mode: 'all' } } } }`,
    tools: {
      __proto__: 'global: false @ tools.deny[0]',
      exec: 'sandbox: true @ tools.sandbox.tools.allow (default)',
    },
  },
];

describe('effective tools', () => {
  for (const c of CASES)
    for (const version of c.in ?? [FIRST, SECOND])
      it(`${version}: ${c.what}`, () => {
        const policy = policyOf(c.config, version, c.query);
        const found = Object.fromEntries(Object.keys(c.tools).map((tool) => [tool, verdict(policy, tool)]));
        expect(found).toEqual(c.tools);
      });
});
