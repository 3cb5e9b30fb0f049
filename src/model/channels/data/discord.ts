import type { ChannelSpec } from '../spec.ts';

/** Discord. */
export const discord: ChannelSpec = {
  id: 'discord',
  label: 'Discord',
  dmPolicy: [['dmPolicy'], ['dm', 'policy']],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom'], ['dm', 'allowFrom']],
  accounts: 'inherit',
  filled: { channel: { groupPolicy: 'allowlist' }, account: { groupPolicy: 'allowlist' } },
  groupPolicyDefault: 'allowlist',
  groups: 'guilds',
  configured: { key: 'token', env: 'DISCORD_BOT_TOKEN' },
  identity: { strip: [['discord:', 'user:']], mention: true },
  mutable: {
    stable: /^(?:(?:<@!?)?\d+>?|(?:discord|user|pk):\s*\S.*)$/,
    lists: [['allowFrom'], ['dm', 'allowFrom'], ['guilds', '*', 'users'], ['guilds', '*', 'channels', '*', 'users']],
  },
};
