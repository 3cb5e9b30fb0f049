import { cases } from '../../core/cases.ts';

export default cases('hooks.token_too_short', {
  fail: [
    {
      name: '23 characters',
      config: `{ hooks: { enabled: true, token: 'abcdefghijklmnopqrstuvw' } }`,
      expect: [{ variant: 'short', at: 'hooks.token' }],
    },
    {
      name: 'through a variable',
      config: "{ hooks: { enabled: true, token: '${HT}' } }",
      env: { HT: 'tiny' },
      expect: [{ variant: 'short' }],
    },
  ],
  pass: [{ name: '24 characters', config: `{ hooks: { enabled: true, token: 'abcdefghijklmnopqrstuvwx' } }` }],
  near: [
    { name: 'webhooks are off', config: `{ hooks: { enabled: false, token: 'tiny' } }` },
    { name: 'no token at all', config: `{ hooks: { enabled: true, path: '/h' } }` },
  ],
  unknown: [
    { name: 'an unset variable is not measured by its name', config: "{ hooks: { enabled: true, token: '${HT}' } }" },
  ],
});
