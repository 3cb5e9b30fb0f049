import { cases } from '../../core/cases.ts';

export default cases('gateway.loopback_no_auth', {
  fail: [
    { name: 'an empty config', config: '{}', expect: [{ variant: 'open', at: 'gateway.auth.token' }] },
    {
      name: 'mode none, although a token is written',
      config: `{ gateway: { auth: { mode: 'none', token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
      expect: [{ variant: 'open', at: 'gateway.auth.mode' }],
    },
    {
      name: 'mode token, and only a password is there',
      config: `{ gateway: { auth: { mode: 'token', password: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
      expect: [{ variant: 'open', at: 'gateway.auth.mode' }],
    },
    {
      name: 'the token of a remote gateway protects nothing here',
      config: `{ gateway: { remote: { token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
      expect: [{ variant: 'open' }],
    },
    {
      name: 'tailscale serve with identity switched off',
      config: `{ gateway: { tailscale: { mode: 'serve' }, auth: { allowTailscale: false } } }`,
      expect: [{ variant: 'open' }],
    },
    {
      name: 'trusted proxy mode before 2026.8.1',
      version: '2026.3.7',
      config: `{ gateway: { auth: { mode: 'trusted-proxy' } } }`,
      expect: [{ variant: 'open', at: 'gateway.auth.mode' }],
    },
  ],
  pass: [
    { name: 'a token', config: `{ gateway: { auth: { token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }` },
    {
      name: 'a password from the environment',
      config: '{}',
      env: { OPENCLAW_GATEWAY_PASSWORD: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' },
    },
    {
      name: 'a token in the .env of the state directory',
      config: '{}',
      stateEnv: 'OPENCLAW_GATEWAY_TOKEN=x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa',
    },
    { name: 'tailscale identity', config: `{ gateway: { tailscale: { mode: 'serve' } } }` },
  ],
  near: [
    { name: 'no control UI', config: '{ gateway: { controlUi: { enabled: false } } }' },
    {
      name: 'a client of a remote gateway',
      config: `{ gateway: { mode: 'remote', remote: { url: 'wss://gw.example.net' } } }`,
    },
    {
      name: 'trusted proxy mode in 2026.9.6',
      version: '2026.9.6',
      config: `{ gateway: { auth: { mode: 'trusted-proxy' } } }`,
    },
  ],
  unknown: [
    {
      name: 'the token is a file reference',
      config: `{ gateway: { auth: { token: { source: 'file', provider: 'f', id: 'gw' } } } }`,
    },
    { name: 'the text breaks off inside gateway', config: '{ gateway: { port: 1, ' },
  ],
});
