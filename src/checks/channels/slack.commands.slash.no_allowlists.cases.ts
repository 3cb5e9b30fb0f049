import { cases } from '../../core/cases.ts';

const home = (slack: string, more = '') => `{ channels: { slack: { botToken: 'b', appToken: 'a', ${slack} } }${more} }`;

export default cases('channels.slack.commands.slash.no_allowlists', {
  fail: [
    {
      name: 'nobody',
      config: home('slashCommand: { enabled: true }'),
      expect: [{ variant: 'nobody', at: 'channels.slack.slashCommand.enabled' }],
    },
  ],
  pass: [{ name: 'an owner', config: home(`slashCommand: { enabled: true }, allowFrom: ['U1']`) }],
  near: [
    {
      name: 'users of a channel',
      config: home(`slashCommand: { enabled: true }, channels: { C1: { users: ['U1'] } }`),
    },
    { name: 'no slash command', config: home('historyLimit: 5') },
    {
      name: 'somebody is paired',
      config: home('slashCommand: { enabled: true }'),
      snapshot: {
        pairing: [
          {
            channel: 'slack',
            account: 'default',
            path: '/home/u/.openclaw/credentials/slack-allowFrom.json',
            entries: ['U1'],
          },
        ],
      },
    },
  ],
});
