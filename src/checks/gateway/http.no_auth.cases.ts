import { cases } from '../../core/cases.ts';

export default cases('gateway.http.no_auth', {
  fail: [
    {
      name: 'mode none on loopback',
      config: `{ gateway: { auth: { mode: 'none' } } }`,
      expect: [{ variant: 'local', at: 'gateway.auth.mode' }],
    },
    {
      name: 'mode none on the lan, with an endpoint',
      config: `{ gateway: { bind: 'lan', auth: { mode: 'none' }, http: { endpoints: { responses: { enabled: true } } } } }`,
      expect: [{ variant: 'exposed' }],
    },
    {
      name: 'no secret at all in 2026.9.6',
      version: '2026.9.6',
      config: '{}',
      expect: [{ variant: 'local', at: 'gateway.auth.token' }],
    },
  ],
  pass: [{ name: 'a token', config: `{ gateway: { auth: { token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }` }],
  near: [
    {
      name: 'no secret before 2026.8.1: requests are refused',
      version: '2026.3.7',
      config: `{ gateway: { bind: 'lan' } }`,
    },
    { name: 'trusted proxy', config: `{ gateway: { auth: { mode: 'trusted-proxy' } } }` },
    {
      name: 'tailscale identity in 2026.9.6',
      version: '2026.9.6',
      config: `{ gateway: { tailscale: { mode: 'serve' } } }`,
    },
  ],
  unknown: [
    {
      name: 'the token is a file reference',
      version: '2026.9.6',
      config: `{ gateway: { auth: { token: { source: 'file', provider: 'f', id: 'gw' } } } }`,
    },
  ],
});
