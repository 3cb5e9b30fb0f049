import { cases } from '../../core/cases.ts';

export default cases('gateway.control_ui.allowed_origins_wildcard', {
  fail: [
    {
      name: 'lan',
      config: `{ gateway: { bind: 'lan', controlUi: { allowedOrigins: ['https://a.example', ' * '] } } }`,
      expect: [{ variant: 'exposed', at: 'gateway.controlUi.allowedOrigins[1]' }],
    },
    {
      name: 'loopback',
      config: `{ gateway: { controlUi: { allowedOrigins: ['*'] } } }`,
      expect: [{ variant: 'local' }],
    },
    {
      name: 'also with the UI off: it may be switched on again',
      config: `{ gateway: { bind: 'lan', controlUi: { enabled: false, allowedOrigins: ['*'] } } }`,
      expect: [{ variant: 'exposed' }],
    },
  ],
  pass: [
    { name: 'one origin', config: `{ gateway: { controlUi: { allowedOrigins: ['https://claw.example.net'] } } }` },
  ],
  near: [
    {
      name: 'a star inside a name is no wildcard to OpenClaw',
      config: `{ gateway: { bind: 'lan', controlUi: { allowedOrigins: ['https://*.example.com'] } } }`,
    },
  ],
  unknown: [{ name: 'an unset variable', config: "{ gateway: { controlUi: { allowedOrigins: ['${ORIGIN}'] } } }" }],
});
