import { cases } from '../../core/cases.ts';

export default cases('gateway.trusted_proxy_device_auto_approve', {
  fail: [
    {
      name: 'on',
      config: `{ gateway: { auth: { mode: 'trusted-proxy', trustedProxy: { userHeader: 'x-user', deviceAutoApprove: { enabled: true } } } } }`,
      expect: [{ variant: 'on', at: 'gateway.auth.trustedProxy.deviceAutoApprove.enabled' }],
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
      config: `{ gateway: { auth: { mode: 'trusted-proxy', trustedProxy: { userHeader: 'x-user', deviceAutoApprove: { enabled: false } } } } }`,
    },
    {
      name: 'another auth mode',
      config: `{ gateway: { auth: { mode: 'token', trustedProxy: { userHeader: 'x-user', deviceAutoApprove: { enabled: true } } } } }`,
    },
  ],
  unknown: [{ name: 'the mode is an unset variable', config: "{ gateway: { auth: { mode: '${M}' } } }" }],
});
