import type { ChannelSpec } from '../spec.ts';

/** Microsoft Teams. */
export const msteams: ChannelSpec = {
  id: 'msteams',
  label: 'Microsoft Teams',
  dmPolicy: [['dmPolicy']],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom']],
  accounts: 'single',
  filled: { channel: { dmPolicy: 'pairing', groupPolicy: 'allowlist' } },
  groupPolicyDefault: 'allowlist',
  groups: 'teams',
  configured: {
    all: [
      { key: 'appId', env: 'MSTEAMS_APP_ID' },
      {
        any: [
          { key: 'appPassword', env: 'MSTEAMS_APP_PASSWORD' },
          { key: 'certificatePath' },
          { key: 'useManagedIdentity' },
        ],
      },
      { key: 'tenantId', env: 'MSTEAMS_TENANT_ID' },
    ],
  },
  identity: { strip: [['msteams:', 'user:']], lower: true },
  mutable: {
    strip: [['msteams:', 'user:']],
    mutable: /[\s@]/,
    lists: [['allowFrom'], ['groupAllowFrom']],
  },
};
