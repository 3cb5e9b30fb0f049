import { cases } from '../../core/cases.ts';

export default cases('models.legacy', {
  fail: [
    {
      name: 'a fallback',
      config: `{ agents: { defaults: { model: { primary: 'openai/gpt-5.2', fallbacks: ['openai/gpt-3.5-turbo'] } } } }`,
      expect: [{ variant: 'used', at: 'agents.defaults.model.fallbacks[0]' }],
    },
    {
      name: 'of one agent',
      config: `{ agents: { list: [{ id: 'a', model: 'anthropic/claude-2.1' }] } }`,
      expect: [{ variant: 'used', at: 'agents.list[0].model' }],
    },
  ],
  pass: [{ name: 'current', config: `{ agents: { defaults: { model: 'anthropic/claude-opus-4-6' } } }` }],
  near: [{ name: 'a name that only begins like one', config: `{ agents: { defaults: { model: 'x/claude-20b' } } }` }],
  notApplicable: [{ name: 'none named', config: '{}' }],
});
