import { cases } from '../../core/cases.ts';

export default cases('hooks.default_session_key_unset', {
  fail: [
    {
      name: 'not set',
      config: `{ hooks: { enabled: true, token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }`,
      after: `{ hooks: { enabled: true, token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa', defaultSessionKey: 'hook:ingress' } }`,
      expect: [{ variant: 'unset', at: 'hooks.defaultSessionKey' }],
    },
    { name: 'blank', config: `{ hooks: { enabled: true, defaultSessionKey: '  ' } }`, expect: [{ variant: 'unset' }] },
  ],
  pass: [{ name: 'set', config: `{ hooks: { enabled: true, defaultSessionKey: 'hook:ingress' } }` }],
  near: [{ name: 'webhooks are off', config: `{ hooks: { enabled: false, path: '/h' } }` }],
  unknown: [{ name: 'unset variable', config: "{ hooks: { enabled: true, defaultSessionKey: '${K}' } }" }],
});
