import { cases } from '../../core/cases.ts';

const telegram = (more: string) =>
  `{ channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', ${more} } } }`;

export default cases('channels.<provider>.groups.entry_open', {
  fail: [
    {
      name: 'one group',
      config: telegram(`groups: { a: {}, b: { groupPolicy: 'open' } }`),
      expect: [
        { variant: 'open', id: 'channels.telegram.groups.entry_open', at: 'channels.telegram.groups.b.groupPolicy' },
      ],
    },
    {
      name: 'one topic',
      config: telegram(`groups: { a: { topics: { t: { groupPolicy: 'open' } } } }`),
      expect: [{ variant: 'open', at: 'channels.telegram.groups.a.topics.t.groupPolicy' }],
    },
  ],
  pass: [{ name: 'listed people', config: telegram(`groups: { a: { groupPolicy: 'allowlist' } }`) }],
  near: [
    { name: 'the whole channel is another finding', config: telegram(`groupPolicy: 'open'`) },
    { name: 'the group is off', config: telegram(`groups: { a: { enabled: false, groupPolicy: 'open' } }`) },
  ],
});
