import { cases } from '../../core/cases.ts';

const home = (more: string) => `{ channels: { 'synology-chat': { token: 't', ${more} } } }`;

export default cases('channels.synology-chat.insecure_ssl', {
  fail: [
    {
      name: 'not checked',
      config: home('allowInsecureSsl: true'),
      expect: [{ variant: 'off', at: 'channels.synology-chat.allowInsecureSsl' }],
    },
  ],
  pass: [{ name: 'checked', config: home('allowInsecureSsl: false') }],
  near: [{ name: 'checked by default', config: home(`incomingUrl: 'https://s.example'`) }],
});
