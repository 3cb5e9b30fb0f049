import { cases } from '../../core/cases.ts';

export default cases('hooks.request_session_key_prefixes_missing', {
  fail: [
    {
      name: 'none',
      config: `{ hooks: { enabled: true, allowRequestSessionKey: true } }`,
      expect: [{ variant: 'local', at: 'hooks.allowedSessionKeyPrefixes' }],
    },
    {
      name: 'blanks on the lan',
      config: `{ gateway: { bind: 'lan' }, hooks: { enabled: true, allowRequestSessionKey: true, allowedSessionKeyPrefixes: [' '] } }`,
      expect: [{ variant: 'exposed' }],
    },
  ],
  pass: [
    {
      name: 'a prefix',
      config: `{ hooks: { enabled: true, allowRequestSessionKey: true, allowedSessionKeyPrefixes: ['hook:'] } }`,
    },
  ],
  near: [
    { name: 'senders may not choose', config: `{ hooks: { enabled: true, allowRequestSessionKey: false } }` },
    { name: 'webhooks are off', config: `{ hooks: { enabled: false, allowRequestSessionKey: true } }` },
  ],
  unknown: [
    {
      name: 'a prefix is unset',
      config: "{ hooks: { enabled: true, allowRequestSessionKey: true, allowedSessionKeyPrefixes: ['${P}'] } }",
    },
  ],
});
