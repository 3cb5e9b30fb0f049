import { cases } from '../../core/cases.ts';

export default cases('fs.state_dir.perms_readable', {
  fail: [
    {
      name: '0750',
      config: '{}',
      files: { '~state': { role: 'state-dir', kind: 'directory', mode: 0o750 } },
      expect: [{ variant: 'loose', at: '~state' }],
    },
    {
      name: '0755',
      config: '{}',
      files: { '~state': { role: 'state-dir', kind: 'directory', mode: 0o755 } },
      expect: [{ variant: 'loose', at: '~state' }],
    },
  ],
  pass: [{ name: 'private', config: '{}', files: { '~state': { role: 'state-dir', kind: 'directory', mode: 0o700 } } }],
  near: [
    {
      name: 'searchable only',
      config: '{}',
      files: { '~state': { role: 'state-dir', kind: 'directory', mode: 0o711 } },
    },
    {
      name: 'writable is another finding',
      config: '{}',
      files: { '~state': { role: 'state-dir', kind: 'directory', mode: 0o775 } },
    },
  ],
  unknown: [
    {
      name: 'its mode cannot be read',
      config: '{}',
      files: { '~state': { role: 'state-dir', kind: 'unreadable', mode: 0, error: 'permission denied' } },
    },
  ],
});
