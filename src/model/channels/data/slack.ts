import type { ChannelSpec } from '../spec.ts';

/** Slack. */
export const slack: ChannelSpec = {
  id: 'slack',
  label: 'Slack',
  dmPolicy: [['dmPolicy'], ['dm', 'policy']],
  dmPolicyDefault: 'pairing',
  allowFrom: [['allowFrom'], ['dm', 'allowFrom']],
  accounts: 'inherit',
  filled: { channel: { groupPolicy: 'allowlist' } },
  groupPolicyDefault: 'allowlist',
  groups: 'channels',
  configured: {
    any: [
      {
        all: [
          { key: 'botToken', env: 'SLACK_BOT_TOKEN' },
          { any: [{ key: 'appToken', env: 'SLACK_APP_TOKEN' }, { key: 'signingSecret' }] },
        ],
      },
    ],
  },
  identity: { strip: [['slack:', 'user:']] },
  mutable: {
    strip: [['slack:', 'user:']],
    stable: /^(?:<@[A-Za-z0-9]{8,}>|[UWBCGDT][A-Z0-9]{2,}|[A-Za-z0-9]{8,})$/,
    lists: [['allowFrom'], ['dm', 'allowFrom'], ['channels', '*', 'users']],
  },
};
