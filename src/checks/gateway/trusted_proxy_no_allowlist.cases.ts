import { cases } from '../../core/cases.ts';

export default cases('gateway.trusted_proxy_no_allowlist', {
  fail: [
    {
      name: 'not set',
      config: `{ gateway: { auth: { mode: 'trusted-proxy', trustedProxy: { userHeader: 'x-user', allowUsers: [] } } } }`,
      expect: [{ variant: 'missing', at: 'gateway.auth.trustedProxy.allowUsers' }],
    },
  ],
  pass: [
    {
      name: 'set',
      config: `{ gateway: { auth: { mode: 'trusted-proxy', trustedProxy: { allowUsers: ['a@example.com'] } } } }`,
    },
  ],
  near: [{ name: 'another auth mode', config: `{ gateway: { auth: { mode: 'token' } } }` }],
  unknown: [
    {
      name: 'an unset variable',
      config: "{ gateway: { auth: { mode: 'trusted-proxy', trustedProxy: { allowUsers: ['${U}'] } } } }",
    },
  ],
});
