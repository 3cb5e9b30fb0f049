import { cases } from '../../core/cases.ts';

export default cases('gateway.password_placeholder_value', {
  fail: [
    {
      name: 'the word undefined',
      config: `{ gateway: { auth: { mode: 'password', password: 'undefined' } } }`,
      expect: [{ variant: 'word', at: 'gateway.auth.password' }],
    },
    {
      name: 'null, with blanks around it, through a variable',
      config: "{ gateway: { auth: { mode: 'password', password: '${GW}' } } }",
      env: { GW: ' null ' },
      expect: [{ variant: 'word' }],
    },
    {
      name: 'an example that was kept',
      config: `{ gateway: { auth: { mode: 'password', password: 'changeme' } } }`,
      expect: [{ variant: 'example' }],
    },
  ],
  pass: [
    {
      name: 'a random value',
      config: `{ gateway: { auth: { mode: 'password', password: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
    },
  ],
  near: [
    {
      name: 'the password is not in force',
      config: `{ gateway: { auth: { mode: 'token', password: 'null', token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
    },
    {
      name: 'a longer word that begins like one',
      config: `{ gateway: { auth: { mode: 'password', password: 'undefined-but-long-and-random-9Lw4Rz8' } } }`,
    },
  ],
  unknown: [{ name: 'unset variable', config: "{ gateway: { auth: { mode: 'password', password: '${GW}' } } }" }],
});
