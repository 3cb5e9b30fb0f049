import { cases } from '../../core/cases.ts';

export default cases('gateway.control_ui.host_header_origin_fallback', {
  fail: [
    {
      name: 'lan',
      config: `{ gateway: { bind: 'lan', controlUi: { dangerouslyAllowHostHeaderOriginFallback: true } } }`,
      expect: [{ variant: 'exposed', at: 'gateway.controlUi.dangerouslyAllowHostHeaderOriginFallback' }],
    },
    {
      name: 'loopback',
      config: '{ gateway: { controlUi: { dangerouslyAllowHostHeaderOriginFallback: true } } }',
      after: `{ gateway: { controlUi: { dangerouslyAllowHostHeaderOriginFallback: false } } }`,
      expect: [{ variant: 'local' }],
    },
  ],
  pass: [{ name: 'off is the default', config: `{ gateway: { bind: 'lan' } }` }],
  near: [
    {
      name: 'written, and false',
      config: `{ gateway: { bind: 'lan', controlUi: { dangerouslyAllowHostHeaderOriginFallback: false } } }`,
    },
  ],
  unknown: [
    {
      name: 'a word where a switch belongs',
      config: `{ gateway: { controlUi: { dangerouslyAllowHostHeaderOriginFallback: 'yes' } } }`,
    },
  ],
});
