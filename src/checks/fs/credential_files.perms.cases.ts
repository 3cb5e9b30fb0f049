import { cases } from '../../core/cases.ts';

export default cases('fs.credential_files.perms', {
  fail: [
    {
      name: '0644',
      config: '{}',
      files: { '~state/credentials/whatsapp/default/creds.json': { role: 'credential', mode: 0o644 } },
      expect: [{ variant: 'loose', at: '~state/credentials/whatsapp/default/creds.json' }],
    },
    {
      name: '0620',
      config: '{}',
      files: { '~state/credentials/whatsapp/default/creds.json': { role: 'credential', mode: 0o620 } },
      expect: [{ variant: 'loose', at: '~state/credentials/whatsapp/default/creds.json' }],
    },
  ],
  pass: [
    {
      name: 'private',
      config: '{}',
      files: { '~state/credentials/whatsapp/default/creds.json': { role: 'credential', mode: 0o600 } },
    },
  ],
  near: [
    {
      name: 'executable by others',
      config: '{}',
      files: { '~state/credentials/whatsapp/default/creds.json': { role: 'credential', mode: 0o611 } },
    },
  ],
  unknown: [
    {
      name: 'its mode cannot be read',
      config: '{}',
      files: {
        '~state/credentials/whatsapp/default/creds.json': {
          role: 'credential',
          kind: 'unreadable',
          mode: 0,
          error: 'permission denied',
        },
      },
    },
  ],
});
