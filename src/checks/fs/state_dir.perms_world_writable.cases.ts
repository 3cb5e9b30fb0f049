import { cases } from '../../core/cases.ts';

export default cases('fs.state_dir.perms_world_writable', {
  fail: [
    {
      name: '0777',
      config: '{}',
      files: { '~state': { role: 'state-dir', kind: 'directory', mode: 0o777 } },
      expect: [{ variant: 'loose', at: '~state' }],
    },
    {
      name: 'sticky does not help',
      config: '{}',
      files: { '~state': { role: 'state-dir', kind: 'directory', mode: 0o1777 } },
      expect: [{ variant: 'loose', at: '~state' }],
    },
  ],
  pass: [{ name: 'private', config: '{}', files: { '~state': { role: 'state-dir', kind: 'directory', mode: 0o700 } } }],
  near: [
    {
      name: 'group-writable is another finding',
      config: '{}',
      files: { '~state': { role: 'state-dir', kind: 'directory', mode: 0o770 } },
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
