import type { ChannelSpec } from '../spec.ts';

/** Zalo Personal. */
export const zalouser: ChannelSpec = {
  id: 'zalouser',
  label: 'Zalo Personal',
  dmPolicy: [['dmPolicy']],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom']],
  accounts: 'inherit',
  groupPolicyDefault: 'allowlist',
  groups: 'groups',
  configured: { file: '{state}/credentials/zalouser/credentials.json' },
  identity: { strip: [['zalouser:', 'zlu:']] },
};
