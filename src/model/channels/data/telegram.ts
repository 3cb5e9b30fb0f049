import type { ChannelSpec } from '../spec.ts';

/** Telegram. */
export const telegram: ChannelSpec = {
  id: 'telegram',
  label: 'Telegram',
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
  configured: { any: [{ key: 'tokenFile' }, { key: 'botToken', env: 'TELEGRAM_BOT_TOKEN' }] },
  identity: { strip: [['telegram:', 'tg:']] },
};
