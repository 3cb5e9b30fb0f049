import { cases } from '../../core/cases.ts';

const home = (agents: string, tools = '{}') => ({
  version: '2026.9.6',
  config: `{ agents: { entries: ${agents} }, tools: ${tools} }`,
});

export default cases('security.trust_model.cross_agent_session_access_default', {
  fail: [
    {
      name: 'two alike',
      ...home('{ a: { default: true }, b: {} }'),
      expect: [{ variant: 'default', at: 'agents.entries' }],
    },
    {
      name: 'one in a sandbox',
      ...home(`{ a: { default: true }, b: { sandbox: { mode: 'all' } } }`),
      expect: [{ variant: 'differing' }],
    },
  ],
  pass: [
    { name: 'each sees its own', ...home('{ a: { default: true }, b: {} }', `{ sessions: { visibility: 'agent' } }`) },
  ],
  near: [
    { name: 'one agent', ...home('{ a: {} }') },
    { name: 'named who may', ...home('{ a: { default: true }, b: {} }', `{ agentToAgent: { allow: ['a'] } }`) },
    { name: 'no session tools', ...home('{ a: { default: true }, b: {} }', `{ allow: ['read'] }`) },
  ],
  unknown: [
    {
      name: 'unset variable',
      version: '2026.9.6',
      config: "{ agents: { entries: { a: {}, b: {} } }, tools: { sessions: { visibility: '${V}' } } }",
    },
  ],
});
