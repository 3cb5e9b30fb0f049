import { cases } from '../../core/cases.ts';

export default cases('gateway.password_too_short', {
  fail: [
    {
      name: 'eight characters',
      config: `{ gateway: { auth: { mode: 'password', password: 'Tr0ub4dr' } } }`,
      expect: [{ variant: 'short', at: 'gateway.auth.password' }],
    },
    {
      name: 'from the environment',
      config: '{}',
      env: { OPENCLAW_GATEWAY_PASSWORD: 'Tr0ub4dr' },
      expect: [{ variant: 'short', at: '$OPENCLAW_GATEWAY_PASSWORD' }],
    },
  ],
  pass: [
    {
      name: 'long',
      config: `{ gateway: { auth: { mode: 'password', password: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
    },
  ],
  near: [
    {
      name: 'mode token, so the password is not in force',
      config: `{ gateway: { auth: { mode: 'token', token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa', password: 'short' } } }`,
    },
    {
      name: 'a placeholder is another finding',
      config: `{ gateway: { auth: { mode: 'password', password: 'null' } } }`,
    },
  ],
  unknown: [{ name: 'unset variable', config: "{ gateway: { auth: { mode: 'password', password: '${GP}' } } }" }],
});
