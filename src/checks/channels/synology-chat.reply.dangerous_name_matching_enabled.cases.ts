import { cases } from '../../core/cases.ts';

const home = (more: string) => ({
  version: '2026.9.6',
  config: `{ channels: { 'synology-chat': { token: 't', ${more} } } }`,
});

export default cases('channels.synology-chat.reply.dangerous_name_matching_enabled', {
  fail: [
    {
      name: 'on',
      ...home('dangerouslyAllowNameMatching: true'),
      expect: [{ variant: 'on', at: 'channels.synology-chat.dangerouslyAllowNameMatching' }],
    },
  ],
  pass: [{ name: 'off', ...home('webhookUrl: "https://s.example"') }],
  near: [{ name: 'written, and off', ...home('dangerouslyAllowNameMatching: false') }],
});
