import { cases } from '../../core/cases.ts';

const home = (more: string, version = '2026.3.7') => ({
  version,
  config: `{ channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', ${more} } } }`,
});

export default cases('channels.telegram.allowFrom.invalid_entries', {
  fail: [
    {
      name: 'a user name for groups',
      ...home(`groups: { '-1': {} }, groupAllowFrom: ['12', '@bob']`),
      expect: [{ variant: 'invalid', at: 'channels.telegram.groupAllowFrom[1]' }],
    },
    {
      name: 'in a topic of the second group',
      ...home(`groups: { '-1': { allowFrom: ['5'] }, '-2': { topics: { '7': { allowFrom: ['eve'] } } } }`),
      expect: [{ variant: 'invalid', at: 'channels.telegram.groups["-2"].topics["7"].allowFrom[0]' }],
    },
    {
      name: 'for direct messages in 2026.9.6',
      ...home(`allowFrom: ['@bob']`, '2026.9.6'),
      expect: [{ variant: 'invalid', at: 'channels.telegram.allowFrom[0]' }],
    },
  ],
  pass: [{ name: 'numbers', ...home(`groups: { '-1': {} }, groupAllowFrom: ['12', 'tg:13', '-5', ' ', '*']`) }],
  near: [
    { name: 'no groups before 2026.8.1', ...home(`allowFrom: ['@bob']`) },
    { name: 'groups are off', ...home(`groupPolicy: 'disabled', groups: { '-1': {} }, groupAllowFrom: ['@bob']`) },
  ],
});
