import { cases } from '../../core/cases.ts';

const V = '2026.3.7';
const home = (discord: string, more = '') => ({
  version: V,
  config: `{ channels: { discord: { token: 't', ${discord} } }${more} }`,
});
const OFF = ', commands: { useAccessGroups: false }';

export default cases('channels.discord.commands.native.unrestricted', {
  fail: [
    {
      name: 'no list anywhere',
      ...home(`guilds: { '1': {} }`, OFF),
      expect: [{ variant: 'open', at: 'commands.useAccessGroups' }],
    },
  ],
  pass: [{ name: 'users are listed', ...home(`guilds: { '1': { users: ['5'] } }`, OFF) }],
  near: [
    { name: 'access groups are on, which is another finding', ...home(`guilds: { '1': {} }`) },
    {
      name: 'no slash commands',
      ...home(`guilds: { '1': {} }, commands: { native: false, nativeSkills: false }`, OFF),
    },
    { name: 'groups are off', ...home(`groupPolicy: 'disabled', guilds: { '1': {} }`, OFF) },
  ],
});
