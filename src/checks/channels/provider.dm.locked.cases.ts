import { cases } from '../../core/cases.ts';

const telegram = (more: string) => ({
  version: '2026.9.6',
  config: `{ channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', ${more} } } }`,
});

export default cases('channels.<provider>.dm.locked', {
  fail: [
    {
      name: 'an empty allowlist',
      ...telegram(`dmPolicy: 'allowlist', allowFrom: []`),
      expect: [{ variant: 'locked', id: 'channels.telegram.dm.locked', at: 'channels.telegram.allowFrom' }],
    },
  ],
  pass: [{ name: 'one person', ...telegram(`dmPolicy: 'allowlist', allowFrom: ['1']`) }],
  near: [
    { name: 'everybody', ...telegram(`dmPolicy: 'allowlist', allowFrom: ['*']`) },
    {
      name: 'one is paired',
      ...telegram(`dmPolicy: 'pairing'`),
      snapshot: {
        pairing: [
          {
            channel: 'telegram',
            account: 'default',
            path: '/home/u/.openclaw/credentials/telegram-allowFrom.json',
            entries: ['1'],
          },
        ],
      },
    },
  ],
});
