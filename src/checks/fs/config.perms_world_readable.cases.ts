import { cases } from '../../core/cases.ts';

export default cases('fs.config.perms_world_readable', {
  fail: [
    {
      name: '0644',
      config: '{}',
      files: { '~state/openclaw.json': { role: 'config', mode: 0o644 } },
      expect: [{ variant: 'loose', at: '~state/openclaw.json' }],
    },
    {
      name: '0604',
      config: '{}',
      files: { '~state/openclaw.json': { role: 'config', mode: 0o604 } },
      expect: [{ variant: 'loose', at: '~state/openclaw.json' }],
    },
  ],
  pass: [{ name: 'private', config: '{}', files: { '~state/openclaw.json': { role: 'config', mode: 0o600 } } }],
  near: [
    {
      name: 'writable is another finding',
      config: '{}',
      files: { '~state/openclaw.json': { role: 'config', mode: 0o666 } },
    },
    {
      name: 'group-readable is another finding',
      config: '{}',
      files: { '~state/openclaw.json': { role: 'config', mode: 0o640 } },
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
