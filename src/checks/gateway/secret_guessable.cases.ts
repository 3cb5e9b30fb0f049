import { cases } from '../../core/cases.ts';

export default cases('gateway.secret_guessable', {
  fail: [
    {
      name: 'one letter',
      config: `{ gateway: { auth: { token: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' } } }`,
      expect: [{ variant: 'weak', at: 'gateway.auth.token' }],
    },
    {
      name: 'a password in mode password',
      config: `{ gateway: { auth: { mode: 'password', password: 'abababababababababababab' } } }`,
      expect: [{ variant: 'weak' }],
    },
  ],
  pass: [{ name: 'random', config: `{ gateway: { auth: { token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }` }],
  near: [
    { name: 'readable and long', config: `{ gateway: { auth: { token: 'example-gateway-token-0123456789abcdef' } } }` },
    {
      name: 'not in force',
      config: `{ gateway: { auth: { mode: 'none', token: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' } } }`,
    },
  ],
  unknown: [{ name: 'the mode is unset', config: "{ gateway: { auth: { mode: '${M}' } } }" }],
});
