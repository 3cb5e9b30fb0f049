import { cases } from '../../core/cases.ts';

export default cases('config.secrets.gateway_password_in_config', {
  fail: [
    {
      name: 'in clear text',
      config: `{ gateway: { auth: { password: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
      expect: [{ variant: 'plain', at: 'gateway.auth.password' }],
    },
  ],
  pass: [
    {
      name: 'in the environment',
      config: '{}',
      env: { OPENCLAW_GATEWAY_PASSWORD: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' },
    },
  ],
  near: [
    {
      name: 'a variable that is set',
      config: "{ gateway: { auth: { password: '${GP}' } } }",
      env: { GP: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' },
    },
    { name: 'a variable that is not set', config: "{ gateway: { auth: { password: '${GP}' } } }" },
    { name: 'a reference', config: `{ gateway: { auth: { password: { source: 'file', provider: 'f', id: 'p' } } } }` },
  ],
  unknown: [{ name: 'a number', config: '{ gateway: { auth: { password: 1234 } } }' }],
});
