import type { ChannelSpec } from '../spec.ts';

/** Agent to agent, new in 2026.9.6. */
export const a2a: ChannelSpec = {
  id: 'a2a',
  label: 'Agent to agent',
  dmPolicy: [],
  dmPolicyDefault: 'pairing',
  allowFrom: [],
  accounts: 'single',
  groupPolicyDefault: undefined,
  configured: { key: 'advertisedUrl' },
  identity: {},
};
