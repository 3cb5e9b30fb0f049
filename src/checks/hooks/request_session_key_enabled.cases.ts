import { cases } from '../../core/cases.ts';

export default cases('hooks.request_session_key_enabled', {
  fail: [
    {
      name: 'on',
      config: `{ hooks: { enabled: true, allowRequestSessionKey: true, allowedSessionKeyPrefixes: ['hook:'] } }`,
      expect: [{ variant: 'local', at: 'hooks.allowRequestSessionKey' }],
    },
    {
      name: 'lan',
      config: `{ gateway: { bind: 'lan' }, hooks: { enabled: true, allowRequestSessionKey: true } }`,
      expect: [{ variant: 'exposed' }],
    },
  ],
  pass: [{ name: 'off is the default', config: `{ hooks: { enabled: true, path: '/h' } }` }],
  near: [
    { name: 'written, and off', config: `{ hooks: { enabled: true, allowRequestSessionKey: false } }` },
    { name: 'webhooks are off', config: `{ hooks: { enabled: false, allowRequestSessionKey: true } }` },
  ],
  unknown: [
    {
      name: 'bind is unset',
      config: "{ gateway: { bind: '${B}' }, hooks: { enabled: true, allowRequestSessionKey: true } }",
    },
  ],
});
