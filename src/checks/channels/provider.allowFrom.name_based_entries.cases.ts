import { cases } from '../../core/cases.ts';

export default cases('channels.<provider>.allowFrom.name_based_entries', {
  fail: [
    {
      name: 'discord, allowFrom',
      version: '2026.3.7',
      config: `{ channels: { discord: { token: 't', allowFrom: ['alice'] } } }`,
      expect: [
        { variant: 'names', id: 'channels.discord.allowFrom.name_based_entries', at: 'channels.discord.allowFrom[0]' },
      ],
    },
    {
      name: 'discord, dm.allowFrom',
      version: '2026.3.7',
      config: `{ channels: { discord: { token: 't', dm: { allowFrom: ['alice#1234'] } } } }`,
      expect: [
        {
          variant: 'names',
          id: 'channels.discord.allowFrom.name_based_entries',
          at: 'channels.discord.dm.allowFrom[0]',
        },
      ],
    },
    {
      name: 'discord, guilds.g.users',
      version: '2026.3.7',
      config: `{ channels: { discord: { token: 't', guilds: { g: { users: ['Alice'] } } } } }`,
      expect: [
        {
          variant: 'names',
          id: 'channels.discord.allowFrom.name_based_entries',
          at: 'channels.discord.guilds.g.users[0]',
        },
      ],
    },
    {
      name: 'discord, guilds.g.channels.c.users',
      version: '2026.3.7',
      config: `{ channels: { discord: { token: 't', guilds: { g: { channels: { c: { users: ['Discord:1'] } } } } } } }`,
      expect: [
        {
          variant: 'names',
          id: 'channels.discord.allowFrom.name_based_entries',
          at: 'channels.discord.guilds.g.channels.c.users[0]',
        },
      ],
    },
    {
      name: 'discord, in an account',
      version: '2026.3.7',
      config: `{ channels: { discord: { accounts: { work: { token: 't', allowFrom: ['alice'] } } } } }`,
      expect: [{ variant: 'names', at: 'channels.discord.accounts.work.allowFrom[0]' }],
    },
    {
      name: 'discord, inherited by an account',
      version: '2026.3.7',
      config: `{ channels: { discord: { allowFrom: ['alice'], accounts: { work: { token: 't' } } } } }`,
      expect: [{ variant: 'names', at: 'channels.discord.allowFrom[0]' }],
    },
    {
      name: 'slack, allowFrom',
      version: '2026.3.7',
      config: `{ channels: { slack: { botToken: 'b', appToken: 'a', allowFrom: ['@alice'] } } }`,
      expect: [
        { variant: 'names', id: 'channels.slack.allowFrom.name_based_entries', at: 'channels.slack.allowFrom[0]' },
      ],
    },
    {
      name: 'slack, dm.allowFrom',
      version: '2026.3.7',
      config: `{ channels: { slack: { botToken: 'b', appToken: 'a', dm: { allowFrom: ['alice'] } } } }`,
      expect: [
        { variant: 'names', id: 'channels.slack.allowFrom.name_based_entries', at: 'channels.slack.dm.allowFrom[0]' },
      ],
    },
    {
      name: 'slack, channels.C0ENG.users',
      version: '2026.3.7',
      config: `{ channels: { slack: { botToken: 'b', appToken: 'a', channels: { C0ENG: { users: ['bob'] } } } } }`,
      expect: [
        {
          variant: 'names',
          id: 'channels.slack.allowFrom.name_based_entries',
          at: 'channels.slack.channels.C0ENG.users[0]',
        },
      ],
    },
    {
      name: 'slack, in an account',
      version: '2026.3.7',
      config: `{ channels: { slack: { accounts: { work: { botToken: 'b', appToken: 'a', allowFrom: ['@alice'] } } } } }`,
      expect: [{ variant: 'names', at: 'channels.slack.accounts.work.allowFrom[0]' }],
    },
    {
      name: 'slack, inherited by an account',
      version: '2026.3.7',
      config: `{ channels: { slack: { allowFrom: ['@alice'], accounts: { work: { botToken: 'b', appToken: 'a' } } } } }`,
      expect: [{ variant: 'names', at: 'channels.slack.allowFrom[0]' }],
    },
    {
      name: 'googlechat, allowFrom',
      version: '2026.3.7',
      config: `{ channels: { googlechat: { serviceAccountFile: '/k.json', allowFrom: ['a@example.com'] } } }`,
      expect: [
        {
          variant: 'names',
          id: 'channels.googlechat.allowFrom.name_based_entries',
          at: 'channels.googlechat.allowFrom[0]',
        },
      ],
    },
    {
      name: 'googlechat, dm.allowFrom',
      version: '2026.3.7',
      config: `{ channels: { googlechat: { serviceAccountFile: '/k.json', dm: { allowFrom: ['users/a@example.com'] } } } }`,
      expect: [
        {
          variant: 'names',
          id: 'channels.googlechat.allowFrom.name_based_entries',
          at: 'channels.googlechat.dm.allowFrom[0]',
        },
      ],
    },
    {
      name: 'googlechat, groupAllowFrom',
      version: '2026.3.7',
      config: `{ channels: { googlechat: { serviceAccountFile: '/k.json', groupAllowFrom: ['gchat:a@example.com'] } } }`,
      expect: [
        {
          variant: 'names',
          id: 'channels.googlechat.allowFrom.name_based_entries',
          at: 'channels.googlechat.groupAllowFrom[0]',
        },
      ],
    },
    {
      name: 'googlechat, groups.s.users',
      version: '2026.3.7',
      config: `{ channels: { googlechat: { serviceAccountFile: '/k.json', groups: { s: { users: ['a@example.com'] } } } } }`,
      expect: [
        {
          variant: 'names',
          id: 'channels.googlechat.allowFrom.name_based_entries',
          at: 'channels.googlechat.groups.s.users[0]',
        },
      ],
    },
    {
      name: 'googlechat, in an account',
      version: '2026.3.7',
      config: `{ channels: { googlechat: { accounts: { work: { serviceAccountFile: '/k.json', allowFrom: ['a@example.com'] } } } } }`,
      expect: [{ variant: 'names', at: 'channels.googlechat.accounts.work.allowFrom[0]' }],
    },
    {
      name: 'googlechat, inherited by an account',
      version: '2026.3.7',
      config: `{ channels: { googlechat: { allowFrom: ['a@example.com'], accounts: { work: { serviceAccountFile: '/k.json' } } } } }`,
      expect: [{ variant: 'names', at: 'channels.googlechat.allowFrom[0]' }],
    },
    {
      name: 'msteams, allowFrom',
      version: '2026.3.7',
      config: `{ channels: { msteams: { appId: 'a', appPassword: 'p', tenantId: 't', allowFrom: ['Alice Smith'] } } }`,
      expect: [
        { variant: 'names', id: 'channels.msteams.allowFrom.name_based_entries', at: 'channels.msteams.allowFrom[0]' },
      ],
    },
    {
      name: 'msteams, groupAllowFrom',
      version: '2026.3.7',
      config: `{ channels: { msteams: { appId: 'a', appPassword: 'p', tenantId: 't', groupAllowFrom: ['a@example.com'] } } }`,
      expect: [
        {
          variant: 'names',
          id: 'channels.msteams.allowFrom.name_based_entries',
          at: 'channels.msteams.groupAllowFrom[0]',
        },
      ],
    },
    {
      name: 'mattermost, allowFrom',
      version: '2026.3.7',
      config: `{ channels: { mattermost: { botToken: 'b', baseUrl: 'https://m.example', allowFrom: ['@alice'] } } }`,
      expect: [
        {
          variant: 'names',
          id: 'channels.mattermost.allowFrom.name_based_entries',
          at: 'channels.mattermost.allowFrom[0]',
        },
      ],
    },
    {
      name: 'mattermost, groupAllowFrom',
      version: '2026.3.7',
      config: `{ channels: { mattermost: { botToken: 'b', baseUrl: 'https://m.example', groupAllowFrom: ['alice'] } } }`,
      expect: [
        {
          variant: 'names',
          id: 'channels.mattermost.allowFrom.name_based_entries',
          at: 'channels.mattermost.groupAllowFrom[0]',
        },
      ],
    },
    {
      name: 'mattermost, groups.g.allowFrom',
      version: '2026.3.7',
      config: `{ channels: { mattermost: { botToken: 'b', baseUrl: 'https://m.example', groups: { g: { allowFrom: ['bob'] } } } } }`,
      expect: [
        {
          variant: 'names',
          id: 'channels.mattermost.allowFrom.name_based_entries',
          at: 'channels.mattermost.groups.g.allowFrom[0]',
        },
      ],
    },
    {
      name: 'mattermost, in an account',
      version: '2026.3.7',
      config: `{ channels: { mattermost: { accounts: { work: { botToken: 'b', baseUrl: 'https://m.example', allowFrom: ['@alice'] } } } } }`,
      expect: [{ variant: 'names', at: 'channels.mattermost.accounts.work.allowFrom[0]' }],
    },
    {
      name: 'mattermost, inherited by an account',
      version: '2026.3.7',
      config: `{ channels: { mattermost: { allowFrom: ['@alice'], accounts: { work: { botToken: 'b', baseUrl: 'https://m.example' } } } } }`,
      expect: [{ variant: 'names', at: 'channels.mattermost.allowFrom[0]' }],
    },
    {
      name: 'irc, allowFrom',
      version: '2026.3.7',
      config: `{ channels: { irc: { host: 'irc.example', nick: 'bot', allowFrom: ['alice'] } } }`,
      expect: [{ variant: 'names', id: 'channels.irc.allowFrom.name_based_entries', at: 'channels.irc.allowFrom[0]' }],
    },
    {
      name: 'irc, groupAllowFrom',
      version: '2026.3.7',
      config: `{ channels: { irc: { host: 'irc.example', nick: 'bot', groupAllowFrom: ['irc:bob'] } } }`,
      expect: [
        { variant: 'names', id: 'channels.irc.allowFrom.name_based_entries', at: 'channels.irc.groupAllowFrom[0]' },
      ],
    },
    {
      name: 'irc, groups',
      version: '2026.3.7',
      config: `{ channels: { irc: { host: 'irc.example', nick: 'bot', groups: { '#a': { allowFrom: ['carol'] } } } } }`,
      expect: [
        {
          variant: 'names',
          id: 'channels.irc.allowFrom.name_based_entries',
          at: 'channels.irc.groups["#a"].allowFrom[0]',
        },
      ],
    },
    {
      name: 'irc, in an account',
      version: '2026.3.7',
      config: `{ channels: { irc: { accounts: { work: { host: 'irc.example', nick: 'bot', allowFrom: ['alice'] } } } } }`,
      expect: [{ variant: 'names', at: 'channels.irc.accounts.work.allowFrom[0]' }],
    },
    {
      name: 'irc, inherited by an account',
      version: '2026.3.7',
      config: `{ channels: { irc: { allowFrom: ['alice'], accounts: { work: { host: 'irc.example', nick: 'bot' } } } } }`,
      expect: [{ variant: 'names', at: 'channels.irc.allowFrom[0]' }],
    },
    {
      name: 'discord, name matching is on',
      config: `{ channels: { discord: { token: 't', dangerouslyAllowNameMatching: true, allowFrom: ['alice'] } } }`,
      expect: [{ variant: 'matched' }],
    },
    {
      name: 'discord, a paired name',
      config: `{ channels: { discord: { token: 't' } } }`,
      snapshot: {
        pairing: [
          {
            channel: 'discord',
            account: 'default',
            path: '/home/u/.openclaw/credentials/discord-allowFrom.json',
            entries: ['alice'],
          },
        ],
      },
      expect: [{ variant: 'names', at: '~state/credentials/discord-allowFrom.json' }],
    },
  ],
  pass: [
    {
      name: 'discord, stable ids',
      version: '2026.3.7',
      config: `{ channels: { discord: { token: 't', allowFrom: ['111', '<@123>', 'user:1', '*'], guilds: { g: { users: ['pk:abc'] } } } } }`,
    },
    {
      name: 'slack, stable ids',
      version: '2026.3.7',
      config: `{ channels: { slack: { botToken: 'b', appToken: 'a', allowFrom: ['U0ALICE01', '<@U0ALICE01>', 'slack:U12', '*'], channels: { C0ENG: { users: ['U0BOB0001'] } } } } }`,
    },
    {
      name: 'googlechat, stable ids',
      version: '2026.3.7',
      config: `{ channels: { googlechat: { serviceAccountFile: '/k.json', dm: { allowFrom: ['users/1234567890', '*'] }, groups: { s: { users: ['users/1'] } } } } }`,
    },
    {
      name: 'msteams, stable ids',
      version: '2026.3.7',
      config: `{ channels: { msteams: { appId: 'a', appPassword: 'p', tenantId: 't', allowFrom: ['29d5c7a1-0000-4000-8000-000000000001', '*'] } } }`,
    },
    {
      name: 'mattermost, stable ids',
      version: '2026.3.7',
      config: `{ channels: { mattermost: { botToken: 'b', baseUrl: 'https://m.example', allowFrom: ['abcdefghijklmnopqrstuvwxyz', 'mattermost:ABCDEFGHIJKLMNOPQRSTUVWXYZ', '*'] } } }`,
    },
    {
      name: 'irc, stable ids',
      version: '2026.3.7',
      config: `{ channels: { irc: { host: 'irc.example', nick: 'bot', allowFrom: ['alice!u@host.example', '*'], groups: { '#a': { allowFrom: ['bob@host.example'] } } } } }`,
    },
  ],
  near: [
    {
      name: 'a channel whose ids are fixed',
      config: `{ channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', allowFrom: ['alice'] } } }`,
    },
    { name: 'disabled', config: `{ channels: { discord: { enabled: false, token: 't', allowFrom: ['alice'] } } }` },
    {
      name: 'roles are no senders',
      config: `{ channels: { discord: { token: 't', guilds: { g: { roles: ['admins'] } } } } }`,
    },
  ],
});
