import { cases } from '../../core/cases.ts';

const home = (approve: string, mode = 'trusted-proxy') =>
  `{ gateway: { auth: { mode: '${mode}', trustedProxy: { userHeader: 'x-user', deviceAutoApprove: ${approve} } } } }`;

export default cases('gateway.trusted_proxy_device_auto_approve_admin', {
  fail: [
    {
      name: 'admin scope',
      config: home("{ enabled: true, scopes: ['operator.read', ' operator.admin '] }"),
      expect: [{ variant: 'admin', at: 'gateway.auth.trustedProxy.deviceAutoApprove.scopes' }],
    },
  ],
  pass: [{ name: 'reading only', config: home("{ enabled: true, scopes: ['operator.read'] }") }],
  near: [
    { name: 'switched off', config: home("{ enabled: false, scopes: ['operator.admin'] }") },
    { name: 'another auth mode', config: home("{ enabled: true, scopes: ['operator.admin'] }", 'token') },
  ],
  unknown: [{ name: 'a scope is an unset variable', config: home("{ enabled: true, scopes: ['${SCOPE}'] }") }],
});
