import type { ChannelSpec } from '../spec.ts';

/** Feishu. */
export const feishu: ChannelSpec = {
  id: 'feishu',
  label: 'Feishu',
  dmPolicy: [['dmPolicy']],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom']],
  accounts: 'inherit',
  groupPolicyDefault: 'allowlist',
  groups: 'groups',
  configured: { all: [{ key: 'appId' }, { key: 'appSecret' }] },
  identity: { lower: true },
};
