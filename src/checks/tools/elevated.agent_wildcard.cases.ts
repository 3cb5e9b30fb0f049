import { cases } from '../../core/cases.ts';

export default cases('tools.elevated.agent_wildcard', {
  fail: [
    {
      name: 'a star in the list of an agent',
      config: `{ agents: { list: [{ id: 'main', tools: { elevated: { allowFrom: { telegram: ['*'] } } } }] } }`,
      expect: [{ variant: 'wildcard', at: 'agents.list[0].tools.elevated.allowFrom.telegram' }],
    },
  ],
  pass: [
    {
      name: 'one person',
      config: `{ agents: { list: [{ id: 'main', tools: { elevated: { allowFrom: { telegram: ['1'] } } } }] } }`,
    },
  ],
  near: [
    {
      name: 'off for the agent',
      config: `{ agents: { list: [{ id: 'main', tools: { elevated: { enabled: false, allowFrom: { telegram: ['*'] } } } }] } }`,
    },
    {
      name: 'off for all',
      config: `{ tools: { elevated: { enabled: false } }, agents: { list: [{ id: 'main', tools: { elevated: { allowFrom: { telegram: ['*'] } } } }] } }`,
    },
  ],
});
