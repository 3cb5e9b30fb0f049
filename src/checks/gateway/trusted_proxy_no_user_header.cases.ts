import { cases } from '../../core/cases.ts';

export default cases('gateway.trusted_proxy_no_user_header', {
  fail: [
    {
      name: 'not set',
      config: `{ gateway: { auth: { mode: 'trusted-proxy' }, trustedProxies: ['10.0.0.5'] } }`,
      expect: [{ variant: 'missing', at: 'gateway.auth.trustedProxy.userHeader' }],
    },
  ],
  pass: [
    { name: 'set', config: `{ gateway: { auth: { mode: 'trusted-proxy', trustedProxy: { userHeader: 'x-user' } } } }` },
  ],
  near: [{ name: 'another auth mode', config: `{ gateway: { auth: { mode: 'token' } } }` }],
  unknown: [
    {
      name: 'an unset variable',
      config: "{ gateway: { auth: { mode: 'trusted-proxy', trustedProxy: { userHeader: '${H}' } } } }",
    },
  ],
});
