import { cases } from '../../core/cases.ts';

const irc = (nickserv: string) => `{ channels: { irc: { host: 'irc.example', nick: 'bot', nickserv: ${nickserv} } } }`;

export default cases('channels.irc.nickserv_register', {
  fail: [
    {
      name: 'left on',
      config: irc(`{ register: true, passwordFile: '/p' }`),
      expect: [{ variant: 'on', at: 'channels.irc.nickserv.register' }],
    },
    { name: 'without a password', config: irc('{ register: true }'), expect: [{ variant: 'useless' }] },
  ],
  pass: [{ name: 'off', config: irc('{ register: false }') }],
  near: [{ name: 'off is the default', config: irc('{ enabled: true }') }],
});
