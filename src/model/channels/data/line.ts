import type { ChannelSpec } from '../spec.ts';

/** LINE. */
export const line: ChannelSpec = {
  id: 'line',
  label: 'LINE',
  dmPolicy: [['dmPolicy']],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom']],
  accounts: 'own',
  groupPolicyDefault: 'allowlist',
  groups: 'groups',
  configured: {
    all: [
      { any: [{ key: 'channelAccessToken', env: 'LINE_CHANNEL_ACCESS_TOKEN' }, { key: 'tokenFile' }] },
      { any: [{ key: 'channelSecret', env: 'LINE_CHANNEL_SECRET' }, { key: 'secretFile' }] },
    ],
  },
  identity: { strip: [['line:user:', 'line:']] },
};
