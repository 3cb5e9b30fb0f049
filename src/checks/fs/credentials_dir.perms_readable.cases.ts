import { cases } from '../../core/cases.ts';

export default cases('fs.credentials_dir.perms_readable', {
  fail: [
    {
      name: '0750',
      config: '{}',
      files: { '~state/credentials': { role: 'credentials-dir', kind: 'directory', mode: 0o750 } },
      expect: [{ variant: 'loose', at: '~state/credentials' }],
    },
    {
      name: '0755',
      config: '{}',
      files: { '~state/credentials': { role: 'credentials-dir', kind: 'directory', mode: 0o755 } },
      expect: [{ variant: 'loose', at: '~state/credentials' }],
    },
  ],
  pass: [
    {
      name: 'private',
      config: '{}',
      files: { '~state/credentials': { role: 'credentials-dir', kind: 'directory', mode: 0o700 } },
    },
  ],
  near: [
    {
      name: 'searchable only',
      config: '{}',
      files: { '~state/credentials': { role: 'credentials-dir', kind: 'directory', mode: 0o711 } },
    },
    {
      name: 'writable is another finding',
      config: '{}',
      files: { '~state/credentials': { role: 'credentials-dir', kind: 'directory', mode: 0o777 } },
    },
  ],
  unknown: [
    {
      name: 'its mode cannot be read',
      config: '{}',
      files: {
        '~state/credentials': { role: 'credentials-dir', kind: 'unreadable', mode: 0, error: 'permission denied' },
      },
    },
  ],
});
