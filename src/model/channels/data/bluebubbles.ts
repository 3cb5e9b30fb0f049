import type { ChannelSpec } from '../spec.ts';

/** BlueBubbles. */
export const bluebubbles: ChannelSpec = {
  id: 'bluebubbles',
  label: 'BlueBubbles',
  dmPolicy: [['dmPolicy']],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom']],
  accounts: 'inherit',
  filled: {
    channel: { dmPolicy: 'pairing', groupPolicy: 'allowlist' },
    account: { dmPolicy: 'pairing', groupPolicy: 'allowlist' },
  },
  groupPolicyDefault: 'allowlist',
  groups: 'groups',
  configured: { all: [{ key: 'serverUrl' }, { key: 'password' }] },
  identity: { strip: [['bluebubbles:'], ['imessage:', 'sms:', 'auto:'], ['imessage:', 'sms:', 'auto:']], lower: true },
};
