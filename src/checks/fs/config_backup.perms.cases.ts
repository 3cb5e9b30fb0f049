import { cases } from '../../core/cases.ts';

export default cases('fs.config_backup.perms', {
  fail: [
    {
      name: '0644',
      config: '{}',
      files: { '~state/openclaw.json.bak': { role: 'config-backup', mode: 0o644 } },
      expect: [{ variant: 'loose', at: '~state/openclaw.json.bak' }],
    },
    {
      name: '0640',
      config: '{}',
      files: { '~state/openclaw.json.bak': { role: 'config-backup', mode: 0o640 } },
      expect: [{ variant: 'loose', at: '~state/openclaw.json.bak' }],
    },
  ],
  pass: [
    { name: 'private', config: '{}', files: { '~state/openclaw.json.bak': { role: 'config-backup', mode: 0o600 } } },
  ],
  near: [
    {
      name: 'executable by others',
      config: '{}',
      files: { '~state/openclaw.json.bak': { role: 'config-backup', mode: 0o611 } },
    },
  ],
  unknown: [
    {
      name: 'its mode cannot be read',
      config: '{}',
      files: {
        '~state/openclaw.json.bak': { role: 'config-backup', kind: 'unreadable', mode: 0, error: 'permission denied' },
      },
    },
  ],
});
