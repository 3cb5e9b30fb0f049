import type { ChannelSpec } from '../spec.ts';

/** Raft, new in 2026.9.6. */
export const raft: ChannelSpec = {
  id: 'raft',
  label: 'Raft',
  dmPolicy: [],
  dmPolicyDefault: 'pairing',
  allowFrom: [],
  accounts: 'inherit',
  groupPolicyDefault: undefined,
  configured: { key: 'profile' },
  identity: {},
};
