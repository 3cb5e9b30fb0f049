import type { ChannelSpec } from '../spec.ts';

/** Mattermost. */
export const mattermost: ChannelSpec = {
  id: 'mattermost',
  label: 'Mattermost',
  dmPolicy: [['dmPolicy']],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom']],
  accounts: 'inherit',
  groupPolicyDefault: 'allowlist',
  groups: 'groups',
  configured: {
    all: [
      { key: 'botToken', env: 'MATTERMOST_BOT_TOKEN' },
      { key: 'baseUrl', env: 'MATTERMOST_URL' },
    ],
  },
  identity: { strip: [['mattermost:', 'user:'], ['@']], lower: true },
  mutable: {
    strip: [['mattermost:', 'user:'], ['@']],
    stable: /^[A-Za-z0-9]{26}$/,
    lists: [['allowFrom'], ['groupAllowFrom'], ['groups', '*', 'allowFrom']],
  },
};
