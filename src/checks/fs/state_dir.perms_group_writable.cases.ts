import { cases } from '../../core/cases.ts';

export default cases('fs.state_dir.perms_group_writable', {
  fail: [
    {
      name: '0770',
      config: '{}',
      files: { '~state': { role: 'state-dir', kind: 'directory', mode: 0o770 } },
      expect: [{ variant: 'loose', at: '~state' }],
    },
    {
      name: '0720',
      config: '{}',
      files: { '~state': { role: 'state-dir', kind: 'directory', mode: 0o720 } },
      expect: [{ variant: 'loose', at: '~state' }],
    },
  ],
  pass: [{ name: 'private', config: '{}', files: { '~state': { role: 'state-dir', kind: 'directory', mode: 0o700 } } }],
  near: [
    {
      name: 'world-writable is another finding',
      config: '{}',
      files: { '~state': { role: 'state-dir', kind: 'directory', mode: 0o777 } },
    },
    { name: 'readable only', config: '{}', files: { '~state': { role: 'state-dir', kind: 'directory', mode: 0o750 } } },
  ],
  unknown: [
    {
      name: 'its mode cannot be read',
      config: '{}',
      files: { '~state': { role: 'state-dir', kind: 'unreadable', mode: 0, error: 'permission denied' } },
    },
  ],
});
