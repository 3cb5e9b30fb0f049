import type { ChannelSpec } from '../spec.ts';

/** Signal. */
export const signal: ChannelSpec = {
  id: 'signal',
  label: 'Signal',
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
    any: [
      { key: 'account' },
      { key: 'httpUrl' },
      { key: 'cliPath' },
      { key: 'httpHost' },
      { key: 'httpPort' },
      { key: 'autoStart' },
      { key: 'transport' },
    ],
  },
  identity: { strip: [['signal:']], phone: true },
};
