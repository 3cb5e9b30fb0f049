import { cases } from '../../core/cases.ts';

export default cases('security.exposure.open_groups_with_control_plane_tools', {
  fail: [
    {
      name: 'default tools',
      version: '2026.9.6',
      config: `{ channels: { telegram: { groupPolicy: 'open' } } }`,
      expect: [{ variant: 'reachable', at: 'channels.telegram.groupPolicy' }],
    },
    {
      name: 'a built-in profile still has the gateway tool',
      version: '2026.9.6',
      config: `{ tools: { profile: 'messaging' }, channels: { telegram: { dmPolicy: 'open', allowFrom: ['*'] } } }`,
      expect: [{ variant: 'reachable' }],
    },
  ],
  pass: [
    {
      name: 'denied',
      version: '2026.9.6',
      config: `{ tools: { deny: ['gateway', 'cron', 'plugins'] }, channels: { telegram: { groupPolicy: 'open' } } }`,
    },
  ],
  near: [{ name: 'no open door', version: '2026.9.6', config: '{}' }],
  unknown: [
    {
      name: 'the deny list is unset',
      version: '2026.9.6',
      config: "{ tools: { deny: ['${D}'] }, channels: { telegram: { groupPolicy: 'open' } } }",
    },
  ],
  notApplicable: [
    { name: 'before 2026.8.1', version: '2026.3.7', config: `{ channels: { telegram: { groupPolicy: 'open' } } }` },
  ],
});
