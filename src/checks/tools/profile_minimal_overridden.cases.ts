import { cases } from '../../core/cases.ts';

export default cases('tools.profile_minimal_overridden', {
  fail: [
    {
      name: 'full for one agent',
      config: `{ tools: { profile: 'minimal' }, agents: { list: [{ id: 'dev', tools: { profile: 'full' } }] } }`,
      expect: [{ variant: 'overridden', at: 'agents.list[0].tools.profile' }],
    },
    {
      name: 'the newer roster',
      version: '2026.9.6',
      config: `{ tools: { profile: 'minimal' }, agents: { entries: { dev: { tools: { profile: 'coding' } } } } }`,
      expect: [{ variant: 'overridden', at: 'agents.entries.dev.tools.profile' }],
    },
  ],
  pass: [
    {
      name: 'minimal everywhere',
      config: `{ tools: { profile: 'minimal' }, agents: { list: [{ id: 'dev', tools: { profile: 'minimal' } }] } }`,
    },
  ],
  near: [
    {
      name: 'another global profile',
      config: `{ tools: { profile: 'coding' }, agents: { list: [{ id: 'dev', tools: { profile: 'full' } }] } }`,
    },
  ],
  unknown: [
    {
      name: 'the profile of an agent is unset',
      config: "{ tools: { profile: 'minimal' }, agents: { list: [{ id: 'dev', tools: { profile: '${P}' } }] } }",
    },
  ],
});
