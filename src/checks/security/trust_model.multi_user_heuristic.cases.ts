import { cases } from '../../core/cases.ts';

export default cases('security.trust_model.multi_user_heuristic', {
  fail: [
    {
      name: 'a group is named',
      config: `{ channels: { telegram: { groups: { '-100': {} } } } }`,
      expect: [{ variant: 'risky', at: 'channels.telegram.groups' }],
    },
    {
      name: 'open direct messages',
      config: `{ channels: { slack: { dm: { policy: 'open', allowFrom: ['*'] } } } }`,
      expect: [{ variant: 'risky', at: 'channels.slack.dm.policy' }],
    },
    {
      name: 'sandboxed',
      config: `{ agents: { defaults: { sandbox: { mode: 'all' } } }, channels: { whatsapp: { groupAllowFrom: ['*'] } } }`,
      expect: [{ variant: 'fenced', at: 'channels.whatsapp.groupAllowFrom' }],
    },
  ],
  pass: [{ name: 'one paired owner', config: `{ channels: { telegram: { dmPolicy: 'pairing' } } }` }],
  near: [
    {
      name: 'two numbers of one family',
      config: `{ channels: { whatsapp: { allowFrom: ['+15550100', '+15550101'] } } }`,
    },
    { name: 'rooms of a channel without a policy', config: `{ channels: { matrix: { rooms: { '!a:b': {} } } } }` },
    { name: 'the channel is disabled', config: `{ channels: { telegram: { enabled: false, groupPolicy: 'open' } } }` },
    { name: 'groups are off', config: `{ channels: { telegram: { groupPolicy: 'disabled', groups: { '-1': {} } } } }` },
  ],
});
