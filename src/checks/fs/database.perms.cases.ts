import { cases } from '../../core/cases.ts';

export default cases('fs.database.perms', {
  fail: [
    {
      name: '0644',
      config: '{}',
      files: { '~state/state/openclaw.sqlite': { role: 'sqlite', mode: 0o644 } },
      expect: [{ variant: 'loose', at: '~state/state/openclaw.sqlite' }],
    },
    {
      name: '0660',
      config: '{}',
      files: { '~state/state/openclaw.sqlite': { role: 'sqlite', mode: 0o660 } },
      expect: [{ variant: 'loose', at: '~state/state/openclaw.sqlite' }],
    },
  ],
  pass: [{ name: 'private', config: '{}', files: { '~state/state/openclaw.sqlite': { role: 'sqlite', mode: 0o600 } } }],
  near: [
    {
      name: 'executable by others',
      config: '{}',
      files: { '~state/state/openclaw.sqlite': { role: 'sqlite', mode: 0o611 } },
    },
  ],
  unknown: [
    {
      name: 'its mode cannot be read',
      config: '{}',
      files: {
        '~state/state/openclaw.sqlite': { role: 'sqlite', kind: 'unreadable', mode: 0, error: 'permission denied' },
      },
    },
  ],
});
