import { cases } from '../../core/cases.ts';

const telegram = (more: string) =>
  `{ channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', ${more} } } }`;

export default cases('channels.<provider>.dm.disabled', {
  fail: [
    {
      name: 'disabled',
      config: telegram(`dmPolicy: 'disabled'`),
      expect: [{ variant: 'disabled', id: 'channels.telegram.dm.disabled', at: 'channels.telegram.dmPolicy' }],
    },
  ],
  pass: [{ name: 'pairing', config: telegram(`dmPolicy: 'pairing'`) }],
  near: [{ name: 'the whole channel is off', config: telegram(`enabled: false, dmPolicy: 'disabled'`) }],
});
