import { cases } from '../../core/cases.ts';

export default cases('security.exposure.open_groups_with_runtime_or_fs', {
  fail: [
    {
      name: 'default tools',
      config: `{ channels: { telegram: { groupPolicy: 'open' } } }`,
      expect: [{ variant: 'runtime', at: 'channels.telegram.groupPolicy' }],
    },
    {
      name: 'programs denied, files open',
      config: `{ tools: { deny: ['group:runtime'] }, channels: { telegram: { groupPolicy: 'open' } } }`,
      expect: [{ variant: 'files' }],
    },
    {
      name: 'sandbox for other sessions only',
      config: `{ agents: { defaults: { sandbox: { mode: 'non-main' } } }, channels: { telegram: { groupPolicy: 'open' } } }`,
      expect: [{ variant: 'runtime' }],
    },
    {
      name: 'a harmless profile widened by alsoAllow',
      config: `{ tools: { profile: 'messaging', alsoAllow: ['exec'] }, channels: { telegram: { groupPolicy: 'open' } } }`,
      expect: [{ variant: 'runtime' }],
    },
    {
      name: 'one agent with more than the rest',
      config: `{ tools: { profile: 'messaging' }, agents: { list: [{ id: 'dev', tools: { profile: 'full' } }] }, channels: { telegram: { groupPolicy: 'open' } } }`,
      expect: [{ variant: 'runtime' }],
    },
  ],
  pass: [
    {
      name: 'everything in the sandbox',
      config: `{ agents: { defaults: { sandbox: { mode: 'all' } } }, channels: { telegram: { groupPolicy: 'open' } } }`,
    },
    {
      name: 'a messaging bot',
      config: `{ tools: { profile: 'messaging' }, channels: { telegram: { groupPolicy: 'open' } } }`,
    },
  ],
  near: [
    {
      name: 'programs denied, files fenced in',
      config: `{ tools: { deny: ['group:runtime'], fs: { workspaceOnly: true } }, channels: { telegram: { groupPolicy: 'open' } } }`,
    },
    {
      name: 'wildcards in the deny list',
      config: `{ tools: { deny: ['exec*', 'process', 'read', 'write', 'edit', 'apply_*'] }, channels: { telegram: { groupPolicy: 'open' } } }`,
    },
    { name: 'no open door', config: '{}' },
  ],
  unknown: [
    {
      name: 'the sandbox mode is unset',
      config:
        "{ agents: { defaults: { sandbox: { mode: '${SB}' } } }, channels: { telegram: { groupPolicy: 'open' } } }",
    },
  ],
});
