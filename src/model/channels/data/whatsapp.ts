import type { ChannelSpec } from '../spec.ts';

/** WhatsApp: runs once a session is linked, whatever the config says. */
export const whatsapp: ChannelSpec = {
  id: 'whatsapp',
  label: 'WhatsApp',
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
    any: [{ key: 'authDir' }, { file: '{creds}/whatsapp/{account}/creds.json' }, { file: '{creds}/creds.json' }],
  },
  identity: { strip: [['whatsapp:']], phone: true },
};
