import type { ChannelSpec } from '../spec.ts';

/** Tlon. */
export const tlon: ChannelSpec = {
  id: 'tlon',
  label: 'Tlon',
  dmPolicy: [],
  dmPolicyDefault: 'pairing',
  allowFrom: [['dmAllowlist']],
  accounts: 'inherit',
  groupPolicyDefault: undefined,
  groups: 'groupChannels',
  configured: { all: [{ key: 'ship' }, { key: 'url' }, { key: 'code' }] },
  identity: { lower: true },
};
