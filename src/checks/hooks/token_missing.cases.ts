import { cases } from '../../core/cases.ts';

export default cases('hooks.token_missing', {
  fail: [
    {
      name: 'no token',
      config: `{ hooks: { enabled: true, path: '/h' } }`,
      expect: [{ variant: 'missing', at: 'hooks.token' }],
    },
    { name: 'a blank one', config: `{ hooks: { enabled: true, token: '  ' } }`, expect: [{ variant: 'missing' }] },
  ],
  pass: [{ name: 'a token', config: `{ hooks: { enabled: true, token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }` }],
  near: [
    { name: 'webhooks are off', config: `{ hooks: { enabled: false, path: '/h' } }` },
    { name: 'a reference', config: `{ hooks: { enabled: true, token: { source: 'exec', provider: 'v', id: 'h' } } }` },
  ],
  unknown: [{ name: 'the text breaks off', config: `{ hooks: { enabled: true, ` }],
});
