import { cases } from '../../core/cases.ts';

export default cases('fs.config.perms_writable', {
  fail: [
    {
      name: '0660',
      config: '{}',
      files: { '~state/openclaw.json': { role: 'config', mode: 0o660 } },
      expect: [{ variant: 'loose', at: '~state/openclaw.json' }],
    },
    {
      name: '0602',
      config: '{}',
      files: { '~state/openclaw.json': { role: 'config', mode: 0o602 } },
      expect: [{ variant: 'loose', at: '~state/openclaw.json' }],
    },
  ],
  pass: [{ name: 'private', config: '{}', files: { '~state/openclaw.json': { role: 'config', mode: 0o600 } } }],
  near: [
    {
      name: 'readable is another finding',
      config: '{}',
      files: { '~state/openclaw.json': { role: 'config', mode: 0o644 } },
    },
    { name: 'read-only', config: '{}', files: { '~state/openclaw.json': { role: 'config', mode: 0o400 } } },
  ],
  unknown: [
    {
      name: 'its mode cannot be read',
      config: '{}',
      files: { '~state/openclaw.json': { role: 'config', kind: 'unreadable', mode: 0, error: 'permission denied' } },
    },
  ],
});
