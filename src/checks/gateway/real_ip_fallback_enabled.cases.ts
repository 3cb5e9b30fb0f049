import { cases } from '../../core/cases.ts';

export default cases('gateway.real_ip_fallback_enabled', {
  fail: [
    {
      name: 'loopback',
      config: '{ gateway: { allowRealIpFallback: true } }',
      expect: [{ variant: 'local', at: 'gateway.allowRealIpFallback' }],
    },
    {
      name: 'lan',
      config: `{ gateway: { bind: 'lan', allowRealIpFallback: true } }`,
      expect: [{ variant: 'exposed' }],
    },
    {
      name: 'trusted proxy mode with a range of proxies',
      config: `{ gateway: { allowRealIpFallback: true, auth: { mode: 'trusted-proxy' }, trustedProxies: ['127.0.0.0/8'] } }`,
      expect: [{ variant: 'exposed' }],
    },
    {
      name: 'trusted proxy mode with the local proxy only',
      config: `{ gateway: { allowRealIpFallback: true, auth: { mode: 'trusted-proxy' }, trustedProxies: ['127.0.0.1/32', ' ::1 '] } }`,
      expect: [{ variant: 'local' }],
    },
  ],
  pass: [{ name: 'off is the default', config: '{}' }],
  near: [{ name: 'written, and false', config: `{ gateway: { bind: 'lan', allowRealIpFallback: false } }` }],
  unknown: [
    { name: 'the bind is an unset variable', config: "{ gateway: { bind: '${BIND}', allowRealIpFallback: true } }" },
  ],
});
