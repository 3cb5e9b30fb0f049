import type { ChannelSpec } from '../spec.ts';

/** Zalo: its groups are open unless a policy is written. */
export const zalo: ChannelSpec = {
  id: 'zalo',
  label: 'Zalo',
  dmPolicy: [['dmPolicy']],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom']],
  accounts: 'inherit',
  groupPolicyDefault: 'open',
  configured: { any: [{ key: 'botToken', env: 'ZALO_BOT_TOKEN' }, { key: 'tokenFile' }] },
  identity: { strip: [['zalo:', 'zl:']] },
};
