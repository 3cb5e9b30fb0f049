import { cases } from '../../core/cases.ts';

export default cases('gateway.control_ui.device_auth_disabled', {
  fail: [
    {
      name: 'disabled',
      version: '2026.3.7',
      config: '{ gateway: { controlUi: { dangerouslyDisableDeviceAuth: true } } }',
      after: `{ gateway: { controlUi: { dangerouslyDisableDeviceAuth: false } } }`,
      expect: [{ variant: 'off', at: 'gateway.controlUi.dangerouslyDisableDeviceAuth' }],
    },
  ],
  pass: [{ name: 'on is the default', version: '2026.3.7', config: '{}' }],
  near: [
    {
      name: 'written, and false',
      version: '2026.3.7',
      config: '{ gateway: { controlUi: { dangerouslyDisableDeviceAuth: false } } }',
    },
  ],
  unknown: [
    {
      name: 'a number where a switch belongs',
      version: '2026.3.7',
      config: '{ gateway: { controlUi: { dangerouslyDisableDeviceAuth: 1 } } }',
    },
  ],
  notApplicable: [
    {
      name: '2026.9.6 ignores the key',
      version: '2026.9.6',
      config: '{ gateway: { controlUi: { dangerouslyDisableDeviceAuth: true } } }',
    },
  ],
});
