import { cases } from '../../core/cases.ts';

export default cases('config.secrets.plain_text', {
  fail: [
    {
      name: 'an API key and a bot token',
      config: `{ models: { providers: { x: { apiKey: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }, channels: { discord: { token: 'y7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
      expect: [{ variant: 'text', at: 'models.providers.x.apiKey' }],
    },
  ],
  pass: [
    {
      name: 'a variable',
      config: "{ channels: { discord: { token: '${DISCORD_TOKEN}' } } }",
      env: { DISCORD_TOKEN: 'y7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' },
    },
  ],
  near: [
    {
      name: 'the two with findings of their own',
      config: `{ gateway: { auth: { password: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }, hooks: { token: 'y7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }`,
    },
    { name: 'a file that holds it', config: `{ channels: { telegram: { tokenFile: '/run/secrets/telegram' } } }` },
    { name: 'a plain variable of the env block', config: `{ env: { vars: { TZ: 'UTC' } } }` },
  ],
});
