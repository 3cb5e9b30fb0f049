import type { ChannelSpec } from '../spec.ts';

/** The test channel of 2026.9.6. */
export const qaChannel: ChannelSpec = {
  id: 'qa-channel',
  label: 'QA channel',
  dmPolicy: [],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom']],
  accounts: 'inherit',
  groupPolicyDefault: 'allowlist',
  groups: 'groups',
  configured: { key: 'baseUrl' },
  identity: { lower: true },
};
