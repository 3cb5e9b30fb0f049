import { cases } from '../../core/cases.ts';

export default cases('fs.config_include.perms_writable', {
  fail: [
    {
      name: '0660',
      config: '{}',
      files: { '~state/channels.json5': { role: 'config-include', mode: 0o660 } },
      expect: [{ variant: 'loose', at: '~state/channels.json5' }],
    },
    {
      name: '0606',
      config: '{}',
      files: { '~state/channels.json5': { role: 'config-include', mode: 0o606 } },
      expect: [{ variant: 'loose', at: '~state/channels.json5' }],
    },
  ],
  pass: [
    { name: 'private', config: '{}', files: { '~state/channels.json5': { role: 'config-include', mode: 0o600 } } },
  ],
  near: [
    {
      name: 'readable is another finding',
      config: '{}',
      files: { '~state/channels.json5': { role: 'config-include', mode: 0o644 } },
    },
  ],
  unknown: [
    {
      name: 'its mode cannot be read',
      config: '{}',
      files: {
        '~state/channels.json5': { role: 'config-include', kind: 'unreadable', mode: 0, error: 'permission denied' },
      },
    },
  ],
});
