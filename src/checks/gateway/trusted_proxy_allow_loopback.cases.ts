import { cases } from '../../core/cases.ts';

export default cases('gateway.trusted_proxy_allow_loopback', {
  fail: [
    {
      name: 'on',
      config: `{ gateway: { auth: { mode: 'trusted-proxy', trustedProxy: { userHeader: 'x-user', allowLoopback: true } } } }`,
      expect: [{ variant: 'on', at: 'gateway.auth.trustedProxy.allowLoopback' }],
    },
  ],
  pass: [
    {
      name: 'off is the default',
      config: `{ gateway: { auth: { mode: 'trusted-proxy', trustedProxy: { userHeader: 'x-user' } } } }`,
    },
  ],
  near: [
    {
      name: 'written, and false',
      config: `{ gateway: { auth: { mode: 'trusted-proxy', trustedProxy: { userHeader: 'x-user', allowLoopback: false } } } }`,
    },
    {
      name: 'another auth mode',
      config: `{ gateway: { auth: { mode: 'token', trustedProxy: { userHeader: 'x-user', allowLoopback: true } } } }`,
    },
  ],
  unknown: [{ name: 'the mode is an unset variable', config: "{ gateway: { auth: { mode: '${M}' } } }" }],
});
