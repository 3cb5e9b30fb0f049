import { cases } from '../../core/cases.ts';

const home = (channels: string) => ({ version: '2026.9.6', config: `{ channels: { ${channels} } }` });

export default cases('channels.<provider>.dm.wildcard_routing_unverified.<account>', {
  fail: [
    {
      name: 'a plugin channel',
      ...home(`acme: { allowFrom: ['*'] }`),
      expect: [
        {
          variant: 'unverified',
          id: 'channels.acme.dm.wildcard_routing_unverified.default',
          at: 'channels.acme.allowFrom',
        },
      ],
    },
  ],
  pass: [{ name: 'people are listed', ...home(`acme: { allowFrom: ['u1'] }`) }],
  near: [
    {
      name: 'a channel whose rules are known',
      ...home(`telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', allowFrom: ['*'] }`),
    },
    { name: 'disabled', ...home(`acme: { enabled: false, allowFrom: ['*'] }`) },
  ],
});
