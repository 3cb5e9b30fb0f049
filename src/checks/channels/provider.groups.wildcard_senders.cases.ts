import { cases } from '../../core/cases.ts';

export default cases('channels.<provider>.groups.wildcard_senders', {
  fail: [
    {
      name: 'of a Telegram group',
      config: `{ channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', groups: { a: { allowFrom: ['*'] } } } } }`,
      expect: [
        {
          variant: 'star',
          id: 'channels.telegram.groups.wildcard_senders',
          at: 'channels.telegram.groups.a.allowFrom',
        },
      ],
    },
    {
      name: 'of a Discord guild',
      config: `{ channels: { discord: { token: 't', guilds: { g: { users: [' * '] } } } } }`,
      expect: [{ variant: 'star', at: 'channels.discord.guilds.g.users' }],
    },
    {
      name: 'of a Slack channel',
      config: `{ channels: { slack: { botToken: 'b', appToken: 'a', channels: { C1: { users: ['*'] } } } } }`,
      expect: [{ variant: 'star', at: 'channels.slack.channels.C1.users' }],
    },
  ],
  pass: [{ name: 'people', config: `{ channels: { discord: { token: 't', guilds: { g: { users: ['5'] } } } } }` }],
  near: [
    {
      name: 'the list for all groups is another finding',
      config: `{ channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', groupAllowFrom: ['*'] } } }`,
    },
  ],
});
