import type { ChannelSpec } from '../spec.ts';

/** SMS, new in 2026.9.6. */
export const sms: ChannelSpec = {
  id: 'sms',
  label: 'SMS',
  dmPolicy: [['dmPolicy']],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom']],
  accounts: 'inherit',
  groupPolicyDefault: undefined,
  configured: { all: [{ key: 'accountSid' }, { key: 'authToken' }] },
  identity: { strip: [['sms:']], phone: true },
};
