import type { ChannelSpec } from '../spec.ts';

/** Synology Chat. */
export const synologyChat: ChannelSpec = {
  id: 'synology-chat',
  label: 'Synology Chat',
  dmPolicy: [['dmPolicy']],
  dmPolicyDefault: 'allowlist',
  allowFrom: [['allowedUserIds']],
  accounts: 'inherit',
  groupPolicyDefault: undefined,
  configured: { key: 'token', env: 'SYNOLOGY_CHAT_TOKEN' },
  identity: { lower: true },
};
