import { cases } from '../../core/cases.ts';

const home = (channels: string, session = '{}') => ({
  version: '2026.9.6',
  config: `{ channels: { ${channels} }, session: ${session} }`,
});
const TELEGRAM = `telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', allowFrom: ['1', '2'] }`;

export default cases('channels.dm.session_collision.<accounts>.<number>', {
  fail: [
    {
      name: 'two people',
      ...home(TELEGRAM),
      expect: [
        {
          variant: 'shared',
          id: 'channels.dm.session_collision.telegram-default.1',
          at: 'channels.telegram.allowFrom',
        },
      ],
    },
    {
      name: 'one on each of two channels',
      ...home(
        `telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', allowFrom: ['1'] }, discord: { token: 't', allowFrom: ['9'] }`,
      ),
      expect: [{ variant: 'shared', id: 'channels.dm.session_collision.discord-default_telegram-default.1' }],
    },
    {
      name: 'everybody',
      ...home(`telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', dmPolicy: 'open', allowFrom: ['*'] }`),
      expect: [{ variant: 'shared' }],
    },
  ],
  pass: [{ name: 'a conversation each', ...home(TELEGRAM, `{ dmScope: 'per-channel-peer' }`) }],
  near: [
    {
      name: 'one person',
      ...home(`telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', allowFrom: ['1', 'tg:1'] }`),
    },
    { name: 'linked as one person', ...home(TELEGRAM, `{ identityLinks: { me: ['telegram:1', 'telegram:2'] } }`) },
    {
      name: 'direct messages are off',
      ...home(
        `telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', dmPolicy: 'disabled', allowFrom: ['1', '2'] }`,
      ),
    },
  ],
  unknown: [
    {
      name: 'unset variable',
      version: '2026.9.6',
      config:
        "{ channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' } }, session: { dmScope: '${S}' } }",
    },
  ],
});
