import { cases } from '../../core/cases.ts';

const model = (id: string) => `{ agents: { defaults: { model: '${id}' } } }`;

export default cases('models.weak_tier', {
  fail: [
    { name: 'GPT-4', config: model('openai/gpt-4o'), expect: [{ variant: 'used', at: 'agents.defaults.model' }] },
    { name: 'a small tier', config: model('anthropic/claude-haiku-4-5'), expect: [{ variant: 'used' }] },
    { name: 'an older Claude', config: model('anthropic/claude-opus-4-1'), expect: [{ variant: 'used' }] },
    {
      name: 'an alias in 2026.9.6',
      version: '2026.9.6',
      config: `{ agents: { defaults: { model: 'cheap', models: { 'openai/gpt-4o-mini': { alias: 'cheap' } } } } }`,
      expect: [{ variant: 'used', at: 'agents.defaults.model' }],
    },
  ],
  pass: [{ name: 'current', config: model('openai/gpt-5.2') }],
  near: [
    { name: 'Claude 4.5', config: model('anthropic/claude-opus-4-5') },
    { name: 'two digits', config: model('anthropic/claude-opus-4-10') },
    { name: 'another maker', config: model('google/gemini-1.5-flash') },
  ],
  notApplicable: [{ name: 'none named', config: '{}' }],
});
