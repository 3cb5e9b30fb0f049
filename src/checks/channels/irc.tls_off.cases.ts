import { cases } from '../../core/cases.ts';

const irc = (more: string) => `{ channels: { irc: { host: 'irc.example', nick: 'bot', ${more} } } }`;

export default cases('channels.irc.tls_off', {
  fail: [
    { name: 'off', config: irc('tls: false'), expect: [{ variant: 'off', at: 'channels.irc.tls' }] },
    {
      name: 'off by the environment',
      config: irc('port: 6667'),
      env: { IRC_TLS: '0' },
      expect: [{ variant: 'off', at: '$IRC_TLS' }],
    },
  ],
  pass: [{ name: 'on', config: irc('tls: true') }],
  near: [{ name: 'on is the default', config: irc('port: 6697') }],
});
