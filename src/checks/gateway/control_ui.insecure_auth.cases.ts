import { cases } from '../../core/cases.ts';

export default cases('gateway.control_ui.insecure_auth', {
  fail: [
    {
      name: 'on',
      version: '2026.3.7',
      config: '{ gateway: { controlUi: { allowInsecureAuth: true } } }',
      expect: [{ variant: 'on', at: 'gateway.controlUi.allowInsecureAuth' }],
    },
  ],
  pass: [{ name: 'off is the default', version: '2026.3.7', config: '{}' }],
  near: [
    {
      name: 'written, and false',
      version: '2026.3.7',
      config: '{ gateway: { controlUi: { allowInsecureAuth: false } } }',
    },
  ],
  unknown: [
    {
      name: 'a word where a switch belongs',
      version: '2026.3.7',
      config: `{ gateway: { controlUi: { allowInsecureAuth: 'true' } } }`,
    },
  ],
  notApplicable: [
    {
      name: '2026.9.6 refuses the key',
      version: '2026.9.6',
      config: '{ gateway: { controlUi: { allowInsecureAuth: true } } }',
    },
  ],
});
