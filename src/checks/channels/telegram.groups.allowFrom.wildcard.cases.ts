import { cases } from '../../core/cases.ts';

const home = (more: string) => ({
  config: `{ channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', groups: { '-1': {} }, ${more} } } }`,
});

export default cases('channels.telegram.groups.allowFrom.wildcard', {
  fail: [
    {
      name: 'a star',
      ...home(`groupAllowFrom: ['12', ' * ']`),
      expect: [{ variant: 'everybody', at: 'channels.telegram.groupAllowFrom[1]' }],
    },
    {
      name: 'a star among the approved',
      ...home('historyLimit: 5'),
      snapshot: {
        pairing: [
          {
            channel: 'telegram',
            account: 'default',
            path: '/home/u/.openclaw/credentials/telegram-allowFrom.json',
            entries: ['tg:*'],
          },
        ],
      },
      expect: [{ variant: 'everybody', at: '~state/credentials/telegram-allowFrom.json' }],
    },
  ],
  pass: [{ name: 'people', ...home(`groupAllowFrom: ['12']`) }],
  near: [
    {
      name: 'text commands are off',
      config: `{ commands: { text: false }, channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', groups: { '-1': {} }, groupAllowFrom: ['*'] } } }`,
    },
    {
      name: 'no group',
      config: `{ channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', groupAllowFrom: ['*'] } } }`,
    },
  ],
});
