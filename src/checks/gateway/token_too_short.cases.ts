import { cases } from '../../core/cases.ts';

export default cases('gateway.token_too_short', {
  fail: [
    {
      name: '23 characters',
      config: `{ gateway: { auth: { token: 'abcdefghijklmnopqrstuvw' } } }`,
      expect: [{ variant: 'short', at: 'gateway.auth.token' }],
    },
    {
      name: 'blanks around it do not count',
      config: `{ gateway: { auth: { token: '          tiny          ' } } }`,
      expect: [{ variant: 'short' }],
    },
    {
      name: 'from the environment',
      config: '{}',
      env: { OPENCLAW_GATEWAY_TOKEN: 'hunter2hunter2' },
      expect: [{ variant: 'short', at: '$OPENCLAW_GATEWAY_TOKEN' }],
    },
    {
      name: 'a variable with a short value',
      config: "{ gateway: { auth: { token: '${GW}' } } }",
      env: { GW: 'tiny' },
      expect: [{ variant: 'short', at: 'gateway.auth.token' }],
    },
  ],
  pass: [{ name: '24 characters', config: `{ gateway: { auth: { token: 'abcdefghijklmnopqrstuvwx' } } }` }],
  near: [
    {
      name: 'mode password',
      config: `{ gateway: { auth: { mode: 'password', token: 'tiny', password: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
    },
    {
      name: 'the config wins over a short variable',
      config: `{ gateway: { auth: { token: 'abcdefghijklmnopqrstuvwx' } } }`,
      env: { OPENCLAW_GATEWAY_TOKEN: 'tiny' },
    },
    { name: 'no token at all', config: '{}' },
  ],
  unknown: [
    {
      name: 'a reference to a command',
      config: `{ gateway: { auth: { token: { source: 'exec', provider: 'vault', id: 'gw' } } } }`,
    },
  ],
});
