import { cases } from '../../core/cases.ts';

export default cases('config.secrets.hooks_token_in_config', {
  fail: [
    {
      name: 'in clear text',
      config: `{ hooks: { enabled: true, token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }`,
      expect: [{ variant: 'plain', at: 'hooks.token' }],
    },
  ],
  pass: [
    {
      name: 'a variable',
      config: "{ hooks: { enabled: true, token: '${HT}' } }",
      env: { HT: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' },
    },
  ],
  near: [
    { name: 'webhooks are off', config: `{ hooks: { enabled: false, token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }` },
  ],
  unknown: [{ name: 'a number', config: '{ hooks: { enabled: true, token: 1234 } }' }],
});
