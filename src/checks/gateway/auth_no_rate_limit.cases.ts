import { cases } from '../../core/cases.ts';

export default cases('gateway.auth_no_rate_limit', {
  fail: [
    {
      name: 'lan with a token',
      config: `{ gateway: { bind: 'lan', auth: { token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
      after: `{ gateway: { bind: 'lan', auth: { token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa', rateLimit: { maxAttempts: 10, windowMs: 60000, lockoutMs: 300000 } } } }`,
      expect: [{ variant: 'missing', at: 'gateway.auth.rateLimit' }],
    },
  ],
  pass: [{ name: 'limited', config: `{ gateway: { bind: 'lan', auth: { rateLimit: { maxAttempts: 5 } } } }` }],
  near: [
    { name: 'loopback', config: '{}' },
    { name: 'an empty object counts as configured', config: `{ gateway: { bind: 'lan', auth: { rateLimit: {} } } }` },
    { name: 'trusted proxy', config: `{ gateway: { bind: 'lan', auth: { mode: 'trusted-proxy' } } }` },
  ],
  unknown: [{ name: 'the text breaks off', config: `{ gateway: { bind: 'lan', auth: { mode: 'token',` }],
});
