import { cases } from '../../core/cases.ts';

const slack = (more: string) => ({
  version: '2026.9.6',
  config: `{ channels: { slack: { botToken: 'b', appToken: 'a', ${more} } } }`,
});

export default cases('channels.<provider>.allowFrom.mutable_entries_inert', {
  fail: [
    {
      name: 'a name',
      ...slack(`allowFrom: ['alice']`),
      expect: [
        { variant: 'inert', id: 'channels.slack.allowFrom.mutable_entries_inert', at: 'channels.slack.allowFrom[0]' },
      ],
    },
  ],
  pass: [{ name: 'an id', ...slack(`allowFrom: ['U0ALICE01']`) }],
  near: [{ name: 'name matching is on', ...slack(`dangerouslyAllowNameMatching: true, allowFrom: ['alice']`) }],
});
