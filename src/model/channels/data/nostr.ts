import type { ChannelSpec } from '../spec.ts';

/** Nostr. */
export const nostr: ChannelSpec = {
  id: 'nostr',
  label: 'Nostr',
  dmPolicy: [['dmPolicy']],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom']],
  accounts: 'single',
  groupPolicyDefault: undefined,
  configured: { key: 'privateKey' },
  identity: { strip: [['nostr:']], lower: true },
};
