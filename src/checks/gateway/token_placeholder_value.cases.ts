import { cases } from '../../core/cases.ts';

export default cases('gateway.token_placeholder_value', {
  fail: [
    {
      name: 'the word undefined',
      config: `{ gateway: { auth: { mode: 'token', token: 'undefined' } } }`,
      expect: [{ variant: 'word', at: 'gateway.auth.token' }],
    },
    {
      name: 'null, with blanks around it, through a variable',
      config: "{ gateway: { auth: { mode: 'token', token: '${GW}' } } }",
      env: { GW: ' null ' },
      expect: [{ variant: 'word' }],
    },
    {
      name: 'an example that was kept',
      config: `{ gateway: { auth: { mode: 'token', token: 'changeme' } } }`,
      expect: [{ variant: 'example' }],
    },
  ],
  pass: [
    {
      name: 'a random value',
      config: `{ gateway: { auth: { mode: 'token', token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
    },
  ],
  near: [
    {
      name: 'the token is not in force',
      config: `{ gateway: { auth: { mode: 'password', token: 'null', password: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
    },
    {
      name: 'a longer word that begins like one',
      config: `{ gateway: { auth: { mode: 'token', token: 'undefined-but-long-and-random-9Lw4Rz8' } } }`,
    },
  ],
  unknown: [{ name: 'unset variable', config: "{ gateway: { auth: { mode: 'token', token: '${GW}' } } }" }],
});
