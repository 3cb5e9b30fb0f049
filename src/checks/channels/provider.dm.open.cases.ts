import { cases } from '../../core/cases.ts';

const TOKEN = `botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'`;

export default cases('channels.<provider>.dm.open', {
  fail: [
    {
      name: 'telegram',
      config: `{ channels: { telegram: { ${TOKEN}, dmPolicy: 'open', allowFrom: ['*'] } } }`,
      after: `{ channels: { telegram: { ${TOKEN}, dmPolicy: 'pairing', allowFrom: [] } } }`,
      expect: [{ variant: 'open', id: 'channels.telegram.dm.open', at: 'channels.telegram.dmPolicy' }],
    },
    {
      name: 'the older spelling of discord',
      config: `{ channels: { discord: { token: 't', dm: { policy: 'open', allowFrom: ['*'] } } } }`,
      expect: [{ variant: 'open', id: 'channels.discord.dm.open', at: 'channels.discord.dm.policy' }],
    },
    {
      name: 'the current spelling of slack',
      config: `{ channels: { slack: { botToken: 'b', appToken: 'a', dmPolicy: 'open', allowFrom: ['*'] } } }`,
      expect: [{ variant: 'open', at: 'channels.slack.dmPolicy' }],
    },
    {
      name: 'one of two accounts',
      config: `{ channels: { telegram: { accounts: { a: { ${TOKEN} }, b: { ${TOKEN}, dmPolicy: 'open', allowFrom: ['*'] } } } } }`,
      expect: [{ variant: 'open', at: 'channels.telegram.accounts.b.dmPolicy' }],
    },
    {
      name: 'Teams',
      config: `{ channels: { msteams: { appId: 'a', appPassword: 'p', tenantId: 't', dmPolicy: 'open', allowFrom: ['*'] } } }`,
      expect: [{ variant: 'open', id: 'channels.msteams.dm.open' }],
    },
    {
      name: 'the token comes from the environment',
      config: `{ channels: { telegram: { dmPolicy: 'open', allowFrom: ['*'] } } }`,
      env: { TELEGRAM_BOT_TOKEN: '1:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb' },
      expect: [{ variant: 'open' }],
    },
  ],
  pass: [{ name: 'pairing', config: `{ channels: { telegram: { ${TOKEN}, dmPolicy: 'pairing' } } }` }],
  near: [
    {
      name: 'disabled',
      config: `{ channels: { telegram: { enabled: false, ${TOKEN}, dmPolicy: 'open', allowFrom: ['*'] } } }`,
    },
    { name: 'never connected', config: `{ channels: { telegram: { dmPolicy: 'open', allowFrom: ['*'] } } }` },
    {
      name: 'an account with the default of its own',
      version: '2026.3.7',
      config: `{ channels: { telegram: { dmPolicy: 'open', allowFrom: ['*'], accounts: { a: { ${TOKEN} } } } } }`,
    },
  ],
  unknown: [
    {
      name: 'unset variable',
      config: "{ channels: { line: { channelAccessToken: 'a', channelSecret: 's', dmPolicy: '${P}' } } }",
    },
  ],
  notApplicable: [{ name: 'no channel', config: '{}' }],
});
