import type { ChannelSpec } from '../spec.ts';

/** Twitch. */
export const twitch: ChannelSpec = {
  id: 'twitch',
  label: 'Twitch',
  dmPolicy: [],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom']],
  accounts: 'inherit',
  groupPolicyDefault: undefined,
  configured: { all: [{ key: 'username' }, { key: 'accessToken' }] },
  identity: { lower: true },
};
