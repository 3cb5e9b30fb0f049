import type { ChannelSpec } from '../spec.ts';

/** ClickClack, new in 2026.9.6. */
export const clickclack: ChannelSpec = {
  id: 'clickclack',
  label: 'ClickClack',
  dmPolicy: [],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom']],
  accounts: 'inherit',
  groupPolicyDefault: undefined,
  groups: 'groups',
  configured: { all: [{ key: 'baseUrl' }, { any: [{ key: 'token' }, { key: 'tokenFile' }] }] },
  identity: { lower: true },
};
