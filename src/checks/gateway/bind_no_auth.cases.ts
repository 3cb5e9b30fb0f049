import { cases } from '../../core/cases.ts';

export default cases('gateway.bind_no_auth', {
  fail: [
    {
      name: 'lan without any secret',
      config: `{ gateway: { bind: 'lan' } }`,
      expect: [{ variant: 'open', at: 'gateway.bind' }],
    },
    {
      name: 'a token does not help when the mode is none',
      config: `{ gateway: { bind: 'lan', auth: { mode: 'none', token: 'a-long-random-token-of-40-characters-0001' } } }`,
      expect: [{ variant: 'open', at: 'gateway.bind' }],
    },
    {
      name: 'a blank token is none',
      config: `{ gateway: { bind: 'tailnet', auth: { token: '   ' } } }`,
      expect: [{ variant: 'open', at: 'gateway.bind' }],
    },
  ],
  pass: [
    { name: 'loopback is the default', config: '{}' },
    {
      name: 'token from the environment',
      config: `{ gateway: { bind: 'lan' } }`,
      env: { OPENCLAW_GATEWAY_TOKEN: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' },
    },
  ],
  near: [
    {
      name: 'custom bind on a loopback address never leaves the machine',
      config: `{ gateway: { bind: 'custom', customBindHost: '127.0.0.1' } }`,
    },
    { name: 'a reverse proxy authenticates', config: `{ gateway: { bind: 'lan', auth: { mode: 'trusted-proxy' } } }` },
  ],
  unknown: [
    { name: 'bind comes from an unset variable', config: "{ gateway: { bind: '${BIND}' } }" },
    { name: 'the token is an unset variable', config: "{ gateway: { bind: 'lan', auth: { token: '${NOT_THERE}' } } }" },
    {
      name: 'the login shell may set it',
      config: `{ gateway: { bind: 'lan' }, env: { shellEnv: { enabled: true } } }`,
    },
    { name: 'the text breaks off', config: "{ gateway: { bind: 'lan'," },
  ],
});
