import { cases } from '../../core/cases.ts';

export default cases('gateway.trusted_proxy_auth', {
  fail: [
    {
      name: 'trusted proxy mode',
      config: `{ gateway: { auth: { mode: 'trusted-proxy' }, trustedProxies: ['10.0.0.5'] } }`,
      expect: [{ variant: 'on', at: 'gateway.auth.mode' }],
    },
  ],
  pass: [{ name: 'a token', config: `{ gateway: { auth: { token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }` }],
  near: [
    {
      name: 'a proxy is named, and a token still counts',
      config: `{ gateway: { auth: { mode: 'token' }, trustedProxies: ['10.0.0.5'] } }`,
    },
  ],
  unknown: [{ name: 'an unset variable', config: "{ gateway: { auth: { mode: '${MODE}' } } }" }],
});
