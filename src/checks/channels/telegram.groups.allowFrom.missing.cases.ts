import { cases } from '../../core/cases.ts';

const home = (more: string) => ({
  config: `{ channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', ${more} } } }`,
});

export default cases('channels.telegram.groups.allowFrom.missing', {
  fail: [
    {
      name: 'a listed group',
      ...home(`groups: { '-100': {} }`),
      expect: [{ variant: 'missing', at: 'channels.telegram.groupAllowFrom' }],
    },
    { name: 'every group', ...home(`groupPolicy: 'open', allowFrom: ['1']`), expect: [{ variant: 'missing' }] },
  ],
  pass: [{ name: 'people', ...home(`groups: { '-100': {} }, groupAllowFrom: ['1']`) }],
  near: [
    { name: 'people of the group', ...home(`groups: { '-100': { allowFrom: ['1'] } }`) },
    {
      name: 'somebody is paired',
      ...home(`groups: { '-100': {} }`),
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
    { name: 'a star is another finding', ...home(`groups: { '-100': {} }, groupAllowFrom: ['*']`) },
    { name: 'no group', ...home('historyLimit: 5') },
  ],
});
