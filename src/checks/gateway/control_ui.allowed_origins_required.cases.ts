import { cases } from '../../core/cases.ts';

export default cases('gateway.control_ui.allowed_origins_required', {
  fail: [
    {
      name: 'no list',
      config: `{ gateway: { bind: 'lan' } }`,
      expect: [{ variant: 'missing', at: 'gateway.controlUi.allowedOrigins' }],
    },
    {
      name: 'only blanks in it',
      config: `{ gateway: { bind: 'tailnet', controlUi: { allowedOrigins: ['  '] } } }`,
      expect: [{ variant: 'missing' }],
    },
  ],
  pass: [
    {
      name: 'an origin',
      config: `{ gateway: { bind: 'lan', controlUi: { allowedOrigins: ['https://claw.example.net'] } } }`,
    },
  ],
  near: [
    { name: 'the UI is off', config: `{ gateway: { bind: 'lan', controlUi: { enabled: false } } }` },
    { name: 'loopback', config: '{}' },
    {
      name: 'the host header decides, which is another finding',
      config: `{ gateway: { bind: 'lan', controlUi: { dangerouslyAllowHostHeaderOriginFallback: true } } }`,
    },
  ],
  unknown: [
    { name: 'an unset variable', config: "{ gateway: { bind: 'lan', controlUi: { allowedOrigins: ['${ORIGIN}'] } } }" },
  ],
});
