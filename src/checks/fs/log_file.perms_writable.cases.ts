import { cases } from '../../core/cases.ts';

export default cases('fs.log_file.perms_writable', {
  fail: [
    {
      name: '0622',
      config: '{}',
      files: { '~state/logs/gateway.log': { role: 'log', mode: 0o622 } },
      expect: [{ variant: 'loose', at: '~state/logs/gateway.log' }],
    },
    {
      name: '0660',
      config: '{}',
      files: { '~state/logs/gateway.log': { role: 'log', mode: 0o660 } },
      expect: [{ variant: 'loose', at: '~state/logs/gateway.log' }],
    },
  ],
  pass: [{ name: 'private', config: '{}', files: { '~state/logs/gateway.log': { role: 'log', mode: 0o600 } } }],
  near: [
    {
      name: 'readable is another finding',
      config: '{}',
      files: { '~state/logs/gateway.log': { role: 'log', mode: 0o644 } },
    },
  ],
  unknown: [
    {
      name: 'its mode cannot be read',
      config: '{}',
      files: { '~state/logs/gateway.log': { role: 'log', kind: 'unreadable', mode: 0, error: 'permission denied' } },
    },
  ],
});
