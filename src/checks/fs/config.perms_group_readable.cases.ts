import { cases } from '../../core/cases.ts';

export default cases('fs.config.perms_group_readable', {
  fail: [
    {
      name: '0640',
      config: '{}',
      files: { '~state/openclaw.json': { role: 'config', mode: 0o640 } },
      expect: [{ variant: 'loose', at: '~state/openclaw.json' }],
    },
  ],
  pass: [{ name: 'private', config: '{}', files: { '~state/openclaw.json': { role: 'config', mode: 0o600 } } }],
  near: [
    {
      name: 'world-readable is another finding',
      config: '{}',
      files: { '~state/openclaw.json': { role: 'config', mode: 0o644 } },
    },
    {
      name: 'executable by the group',
      config: '{}',
      files: { '~state/openclaw.json': { role: 'config', mode: 0o610 } },
    },
  ],
  unknown: [
    {
      name: 'its mode cannot be read',
      config: '{}',
      files: { '~state/openclaw.json': { role: 'config', kind: 'unreadable', mode: 0, error: 'permission denied' } },
    },
  ],
});
