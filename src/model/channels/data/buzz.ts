import type { ChannelSpec } from '../spec.ts';

/** Buzz, new in 2026.9.6. */
export const buzz: ChannelSpec = {
  id: 'buzz',
  label: 'Buzz',
  dmPolicy: [],
  dmPolicyDefault: 'pairing',
  allowFrom: [['groupAllowFrom']],
  accounts: 'inherit',
  groupPolicyDefault: 'allowlist',
  groups: 'groups',
  configured: { all: [{ key: 'relayUrl' }, { key: 'privateKey' }] },
  identity: { strip: [['nostr:']], lower: true },
};
