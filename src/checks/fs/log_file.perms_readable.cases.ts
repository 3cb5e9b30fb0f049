import { cases } from '../../core/cases.ts';

export default cases('fs.log_file.perms_readable', {
  fail: [
    {
      name: '0644',
      config: '{}',
      files: { '~state/logs/gateway.log': { role: 'log', mode: 0o644 } },
      expect: [{ variant: 'loose', at: '~state/logs/gateway.log' }],
    },
    {
      name: '0640',
      config: '{}',
      files: { '~state/logs/gateway.log': { role: 'log', mode: 0o640 } },
      expect: [{ variant: 'loose', at: '~state/logs/gateway.log' }],
    },
  ],
  pass: [{ name: 'private', config: '{}', files: { '~state/logs/gateway.log': { role: 'log', mode: 0o600 } } }],
  near: [{ name: 'writable only', config: '{}', files: { '~state/logs/gateway.log': { role: 'log', mode: 0o622 } } }],
  unknown: [
    {
      name: 'its mode cannot be read',
      config: '{}',
      files: { '~state/logs/gateway.log': { role: 'log', kind: 'unreadable', mode: 0, error: 'permission denied' } },
    },
  ],
});
