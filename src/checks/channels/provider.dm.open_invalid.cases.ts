import { cases } from '../../core/cases.ts';

const line = (more: string) => `{ channels: { line: { channelAccessToken: 'a', channelSecret: 's', ${more} } } }`;

export default cases('channels.<provider>.dm.open_invalid', {
  fail: [
    {
      name: 'no list',
      config: line(`dmPolicy: 'open'`),
      expect: [{ variant: 'inconsistent', id: 'channels.line.dm.open_invalid', at: 'channels.line.dmPolicy' }],
    },
  ],
  pass: [{ name: 'with the star', config: line(`dmPolicy: 'open', allowFrom: ['*']`) }],
  near: [{ name: 'another policy', config: line(`dmPolicy: 'allowlist', allowFrom: ['U1']`) }],
});
