import { cases } from '../../core/cases.ts';

export default cases('gateway.trusted_proxies_missing', {
  fail: [
    { name: 'nothing is named', config: '{}', expect: [{ variant: 'missing', at: 'gateway.trustedProxies' }] },
    { name: 'an empty list', config: '{ gateway: { trustedProxies: [] } }', expect: [{ variant: 'missing' }] },
  ],
  pass: [{ name: 'the local proxy is named', config: `{ gateway: { trustedProxies: ['127.0.0.1'] } }` }],
  near: [
    { name: 'the control UI is off', config: '{ gateway: { controlUi: { enabled: false } } }' },
    { name: 'other machines reach it directly', config: `{ gateway: { bind: 'lan' } }` },
  ],
  unknown: [{ name: 'the proxy is an unset variable', config: "{ gateway: { trustedProxies: ['${PROXY}'] } }" }],
});
