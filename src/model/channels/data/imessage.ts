import type { ChannelSpec } from '../spec.ts';

/** iMessage: the section alone starts it. */
export const imessage: ChannelSpec = {
  id: 'imessage',
  label: 'iMessage',
  dmPolicy: [['dmPolicy']],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom']],
  accounts: 'inherit',
  filled: {
    channel: { dmPolicy: 'pairing', groupPolicy: 'allowlist' },
    account: { dmPolicy: 'pairing', groupPolicy: 'allowlist' },
  },
  groupPolicyDefault: 'allowlist',
  groups: 'groups',
  configured: { all: [] },
  identity: {},
};
