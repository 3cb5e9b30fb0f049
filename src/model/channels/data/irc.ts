import type { ChannelSpec } from '../spec.ts';

/** IRC. */
export const irc: ChannelSpec = {
  id: 'irc',
  label: 'IRC',
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
  configured: {
    all: [
      { key: 'host', env: 'IRC_HOST' },
      { key: 'nick', env: 'IRC_NICK' },
    ],
  },
  identity: { strip: [['irc:'], ['user:']], lower: true },
  mutable: {
    strip: [['irc:'], ['user:']],
    stable: /[!@]/,
    lists: [['allowFrom'], ['groupAllowFrom'], ['groups', '*', 'allowFrom']],
  },
};
