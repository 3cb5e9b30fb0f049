import type { ChannelSpec } from '../spec.ts';

/** Nextcloud Talk. */
export const nextcloudTalk: ChannelSpec = {
  id: 'nextcloud-talk',
  label: 'Nextcloud Talk',
  dmPolicy: [['dmPolicy']],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom']],
  accounts: 'inherit',
  groupPolicyDefault: 'allowlist',
  groups: 'rooms',
  configured: {
    all: [
      { any: [{ key: 'botSecret', env: 'NEXTCLOUD_TALK_BOT_SECRET' }, { key: 'botSecretFile' }] },
      { key: 'baseUrl' },
    ],
  },
  identity: { strip: [['nextcloud-talk:', 'nc-talk:', 'nc:']], lower: true },
};
