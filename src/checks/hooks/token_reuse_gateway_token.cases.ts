import { cases } from '../../core/cases.ts';

export default cases('hooks.token_reuse_gateway_token', {
  fail: [
    {
      name: 'the same token',
      config: `{ gateway: { auth: { token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }, hooks: { enabled: true, token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }`,
      expect: [{ variant: 'same', at: 'hooks.token' }],
    },
    {
      name: 'the password',
      config: `{ gateway: { auth: { mode: 'password', password: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }, hooks: { enabled: true, token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }`,
      expect: [{ variant: 'same' }],
    },
    {
      name: 'the token of the environment',
      config: `{ hooks: { enabled: true, token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }`,
      env: { OPENCLAW_GATEWAY_TOKEN: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' },
      expect: [{ variant: 'same' }],
    },
  ],
  pass: [
    {
      name: 'two values',
      config: `{ gateway: { auth: { token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }, hooks: { enabled: true, token: 'y7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }`,
    },
  ],
  near: [
    {
      name: 'webhooks are off',
      config: `{ gateway: { auth: { token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }, hooks: { enabled: false, token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }`,
    },
    {
      name: 'the config token wins over the environment',
      config: `{ gateway: { auth: { token: 'y7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }, hooks: { enabled: true, token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }`,
      env: { OPENCLAW_GATEWAY_TOKEN: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' },
    },
  ],
  unknown: [{ name: 'unset variable', config: "{ hooks: { enabled: true, token: '${HT}' } }" }],
});
