import type { ChannelSpec } from '../spec.ts';

/** Google Chat. */
export const googlechat: ChannelSpec = {
  id: 'googlechat',
  label: 'Google Chat',
  dmPolicy: [['dmPolicy'], ['dm', 'policy']],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom'], ['dm', 'allowFrom']],
  accounts: 'inherit',
  filled: { channel: { groupPolicy: 'allowlist' }, account: { groupPolicy: 'allowlist' } },
  groupPolicyDefault: 'allowlist',
  groups: 'groups',
  configured: {
    any: [
      { key: 'serviceAccount', env: 'GOOGLE_CHAT_SERVICE_ACCOUNT' },
      { key: 'serviceAccountRef' },
      { key: 'serviceAccountFile', env: 'GOOGLE_CHAT_SERVICE_ACCOUNT_FILE' },
    ],
  },
  identity: { strip: [['googlechat:', 'google-chat:', 'gchat:'], ['user:'], ['users/']], lower: true },
  mutable: {
    strip: [['googlechat:', 'google-chat:', 'gchat:'], ['users/']],
    mutable: /@/,
    lists: [['allowFrom'], ['dm', 'allowFrom'], ['groupAllowFrom'], ['groups', '*', 'users']],
  },
};
