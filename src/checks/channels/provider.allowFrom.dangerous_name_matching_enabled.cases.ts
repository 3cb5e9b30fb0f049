import { cases } from '../../core/cases.ts';

export default cases('channels.<provider>.allowFrom.dangerous_name_matching_enabled', {
  fail: [
    {
      name: 'discord',
      config: `{ channels: { discord: { token: 't', dangerouslyAllowNameMatching: true } } }`,
      expect: [
        {
          variant: 'on',
          id: 'channels.discord.allowFrom.dangerous_name_matching_enabled',
          at: 'channels.discord.dangerouslyAllowNameMatching',
        },
      ],
    },
    {
      name: 'Teams',
      config: `{ channels: { msteams: { appId: 'a', appPassword: 'p', tenantId: 't', dangerouslyAllowNameMatching: true } } }`,
      expect: [{ variant: 'on' }],
    },
    {
      name: 'inherited by an account',
      config: `{ channels: { slack: { dangerouslyAllowNameMatching: true, accounts: { a: { botToken: 'b', appToken: 'a' } } } } }`,
      expect: [{ variant: 'on', at: 'channels.slack.dangerouslyAllowNameMatching' }],
    },
  ],
  pass: [{ name: 'off', config: `{ channels: { discord: { token: 't' } } }` }],
  near: [
    {
      name: 'a word is no switch',
      config: `{ channels: { discord: { token: 't', dangerouslyAllowNameMatching: 'true' } } }`,
    },
    {
      name: 'switched off for the account',
      config: `{ channels: { slack: { dangerouslyAllowNameMatching: true, accounts: { a: { botToken: 'b', appToken: 'a', dangerouslyAllowNameMatching: false } } } } }`,
    },
  ],
});
