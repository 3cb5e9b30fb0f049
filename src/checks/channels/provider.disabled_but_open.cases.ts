import { cases } from '../../core/cases.ts';

export default cases('channels.<provider>.disabled_but_open', {
  fail: [
    {
      name: 'a disabled channel',
      config: `{ channels: { telegram: { enabled: false, dmPolicy: 'open', allowFrom: ['*'], groupPolicy: 'open' } } }`,
      expect: [
        { variant: 'sleeping', id: 'channels.telegram.disabled_but_open', at: 'channels.telegram.dmPolicy' },
        { variant: 'sleeping', at: 'channels.telegram.groupPolicy' },
      ],
    },
  ],
  pass: [{ name: 'disabled and closed', config: `{ channels: { telegram: { enabled: false } } }` }],
  near: [
    {
      name: 'enabled, which is another finding',
      config: `{ channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', dmPolicy: 'open', allowFrom: ['*'] } } }`,
    },
  ],
});
