import { cases } from '../../core/cases.ts';

const home = (discord: string, more = '') => `{ channels: { discord: { token: 't', ${discord} } }${more} }`;

export default cases('channels.discord.commands.native.no_allowlists', {
  fail: [
    {
      name: 'a guild and nobody',
      config: home(`guilds: { '1': {} }`),
      expect: [{ variant: 'nobody', at: 'channels.discord.guilds' }],
    },
  ],
  pass: [{ name: 'users are listed', config: home(`guilds: { '1': { channels: { c: { users: ['5'] } } } }`) }],
  near: [
    { name: 'an owner in the current spelling', config: home(`allowFrom: ['5'], guilds: { '1': {} }`) },
    { name: 'an owner in the older spelling', config: home(`dm: { allowFrom: ['5'] }, guilds: { '1': {} }`) },
    {
      name: 'access groups are off, which is another finding',
      version: '2026.3.7',
      config: home(`guilds: { '1': {} }`, ', commands: { useAccessGroups: false }'),
    },
    { name: 'no guild', config: home('historyLimit: 5') },
  ],
});
