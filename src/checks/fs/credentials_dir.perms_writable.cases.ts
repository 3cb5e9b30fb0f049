import { cases } from '../../core/cases.ts';

export default cases('fs.credentials_dir.perms_writable', {
  fail: [
    {
      name: '0770',
      config: '{}',
      files: { '~state/credentials': { role: 'credentials-dir', kind: 'directory', mode: 0o770 } },
      expect: [{ variant: 'loose', at: '~state/credentials' }],
    },
    {
      name: '0777',
      config: '{}',
      files: { '~state/credentials': { role: 'credentials-dir', kind: 'directory', mode: 0o777 } },
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
      name: 'readable is another finding',
      config: '{}',
      files: { '~state/credentials': { role: 'credentials-dir', kind: 'directory', mode: 0o755 } },
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
