import { cases } from '../../core/cases.ts';

const home = (telegram: string, more = '') => ({
  version: '2026.3.7',
  config: `{ channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', ${telegram} } }${more} }`,
});
const paired = (...entries: string[]) => ({
  snapshot: {
    pairing: [
      {
        channel: 'telegram',
        account: 'default',
        path: '/home/u/.openclaw/credentials/telegram-allowFrom.json',
        entries,
      },
    ],
  },
});

export default cases('channels.<provider>.dm.scope_main_multiuser', {
  fail: [
    {
      name: 'two people',
      ...home(`dmPolicy: 'allowlist', allowFrom: ['1', '2']`),
      after: home(`dmPolicy: 'allowlist', allowFrom: ['1', '2']`, `, session: { dmScope: 'per-channel-peer' }`).config,
      expect: [
        { variant: 'shared', id: 'channels.telegram.dm.scope_main_multiuser', at: 'channels.telegram.allowFrom' },
      ],
    },
    { name: 'everybody', ...home(`dmPolicy: 'open', allowFrom: ['*']`), expect: [{ variant: 'shared' }] },
    {
      name: 'one written and one paired',
      ...home(`allowFrom: ['1']`),
      ...paired('2'),
      expect: [{ variant: 'shared' }],
    },
  ],
  pass: [
    { name: 'a conversation each', ...home(`allowFrom: ['1', '2']`, `, session: { dmScope: 'per-channel-peer' }`) },
  ],
  near: [
    { name: 'one person in three spellings', ...home(`allowFrom: ['1', 'tg:1', 'TELEGRAM:1']`) },
    { name: 'the paired one is the written one', ...home(`allowFrom: ['1']`), ...paired('1') },
    { name: 'direct messages are off', ...home(`dmPolicy: 'disabled', allowFrom: ['1', '2']`) },
  ],
  unknown: [
    {
      name: 'unset variable',
      version: '2026.3.7',
      config:
        "{ channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', allowFrom: ['1', '2'] } }, session: { dmScope: '${S}' } }",
    },
  ],
});
