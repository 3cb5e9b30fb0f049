import { cases } from '../../core/cases.ts';

export default cases('fs.config_include.perms_world_readable', {
  fail: [
    {
      name: '0644',
      config: '{}',
      files: { '~state/channels.json5': { role: 'config-include', mode: 0o644 } },
      expect: [{ variant: 'loose', at: '~state/channels.json5' }],
    },
  ],
  pass: [
    { name: 'private', config: '{}', files: { '~state/channels.json5': { role: 'config-include', mode: 0o600 } } },
  ],
  near: [
    {
      name: 'group-readable is another finding',
      config: '{}',
      files: { '~state/channels.json5': { role: 'config-include', mode: 0o640 } },
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
