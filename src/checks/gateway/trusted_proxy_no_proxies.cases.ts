import { cases } from '../../core/cases.ts';

export default cases('gateway.trusted_proxy_no_proxies', {
  fail: [
    {
      name: 'not set',
      config: `{ gateway: { auth: { mode: 'trusted-proxy', trustedProxy: { userHeader: 'x-user' } } } }`,
      expect: [{ variant: 'missing', at: 'gateway.trustedProxies' }],
    },
  ],
  pass: [{ name: 'set', config: `{ gateway: { auth: { mode: 'trusted-proxy' }, trustedProxies: ['10.0.0.5'] } }` }],
  near: [{ name: 'another auth mode', config: `{ gateway: { auth: { mode: 'token' } } }` }],
  unknown: [
    { name: 'an unset variable', config: "{ gateway: { auth: { mode: 'trusted-proxy' }, trustedProxies: ['${P}'] } }" },
  ],
});
