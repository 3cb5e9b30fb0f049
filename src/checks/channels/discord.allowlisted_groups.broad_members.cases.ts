import { cases } from '../../core/cases.ts';

const home = (guilds: string, more = '') => ({
  version: '2026.9.6',
  config: `{ channels: { discord: { token: 't', groupPolicy: 'allowlist', guilds: ${guilds}${more} } } }`,
});

export default cases('channels.discord.allowlisted_groups.broad_members', {
  fail: [
    { name: 'a guild', ...home(`{ '1': {} }`), expect: [{ variant: 'broad', at: 'channels.discord.guilds["1"]' }] },
    { name: 'a star', ...home(`{ g: { users: ['*'] } }`), expect: [{ variant: 'broad' }] },
    {
      name: 'a channel',
      ...home(`{ g: { channels: { c: {} } } }`),
      expect: [{ variant: 'broad', at: 'channels.discord.guilds.g.channels.c' }],
    },
  ],
  pass: [{ name: 'users', ...home(`{ g: { users: ['5'] } }`) }],
  near: [
    { name: 'roles', ...home(`{ g: { roles: ['admins'] } }`) },
    { name: 'the channel is off', ...home(`{ g: { channels: { c: { enabled: false } } } }`) },
  ],
});
