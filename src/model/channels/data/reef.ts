import type { ChannelSpec } from '../spec.ts';

/** Reef, new in 2026.9.6. */
export const reef: ChannelSpec = {
  id: 'reef',
  label: 'Reef',
  dmPolicy: [['requestPolicy']],
  dmPolicyDefault: 'pairing',
  allowFrom: [['friends']],
  accounts: 'single',
  groupPolicyDefault: undefined,
  configured: { key: 'relayUrl' },
  identity: { lower: true },
};
