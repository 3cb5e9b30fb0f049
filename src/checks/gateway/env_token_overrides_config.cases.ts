import { cases } from '../../core/cases.ts';

export default cases('gateway.env_token_overrides_config', {
  fail: [
    {
      name: 'another value in the environment',
      config: `{ gateway: { auth: { token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
      env: { OPENCLAW_GATEWAY_TOKEN: 'A9Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' },
      expect: [{ variant: 'differs', at: 'gateway.auth.token' }],
    },
    {
      name: 'beside a reference to a file',
      config: `{ gateway: { auth: { token: { source: 'file', provider: 'f', id: 'gw' } } } }`,
      env: { OPENCLAW_GATEWAY_TOKEN: 'A9Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' },
      expect: [{ variant: 'maybe' }],
    },
  ],
  pass: [
    { name: 'only one is set', config: '{}', env: { OPENCLAW_GATEWAY_TOKEN: 'A9Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } },
  ],
  near: [
    {
      name: 'the same value twice',
      config: `{ gateway: { auth: { token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
      env: { OPENCLAW_GATEWAY_TOKEN: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' },
    },
    {
      name: 'the config refers to the variable',
      config: "{ gateway: { auth: { token: '${OPENCLAW_GATEWAY_TOKEN}' } } }",
      env: { OPENCLAW_GATEWAY_TOKEN: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' },
    },
    {
      name: 'mode password',
      config: `{ gateway: { auth: { mode: 'password', token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa', password: 'y7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
      env: { OPENCLAW_GATEWAY_TOKEN: 'A9Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' },
    },
  ],
});
