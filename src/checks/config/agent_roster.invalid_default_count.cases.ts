import { cases } from '../../core/cases.ts';

const home = (agents: string) => ({ version: '2026.9.6', config: `{ agents: ${agents} }` });

export default cases('config.agent_roster.invalid_default_count', {
  fail: [
    {
      name: 'none of two',
      ...home('{ entries: { a: {}, b: {} } }'),
      expect: [{ variant: 'count', at: 'agents.entries' }],
    },
    {
      name: 'two of two',
      ...home('{ entries: { a: { default: true }, b: { default: true } } }'),
      expect: [{ variant: 'count', at: 'agents.entries.a' }],
    },
    {
      name: 'explicit, and one',
      ...home(`{ ownership: 'explicit', entries: { a: { default: true }, b: {} } }`),
      expect: [{ variant: 'explicit', at: 'agents.entries.a' }],
    },
  ],
  pass: [{ name: 'one of two', ...home('{ entries: { a: { default: true }, b: {} } }') }],
  near: [
    { name: 'a sole agent needs no mark', ...home('{ entries: { a: {} } }') },
    { name: 'explicit, and none', ...home(`{ ownership: 'explicit', entries: { a: {}, b: {} } }`) },
  ],
});
