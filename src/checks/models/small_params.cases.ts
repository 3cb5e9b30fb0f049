import { cases } from '../../core/cases.ts';

const home = (model: string, more = '', tools = '') => `{ agents: { defaults: { model: '${model}'${more} } }${tools} }`;

export default cases('models.small_params', {
  fail: [
    {
      name: 'no sandbox',
      version: '2026.3.7',
      config: home('ollama/llama3:8b'),
      expect: [{ variant: 'unsafe', at: 'agents.defaults.model' }],
    },
    {
      name: 'sandboxed, default tools',
      version: '2026.3.7',
      config: home('ollama/llama3:8b', `, sandbox: { mode: 'all' }`),
      expect: [{ variant: 'confined' }],
    },
    {
      name: 'sandboxed, with web fetch',
      version: '2026.3.7',
      config: home(
        'ollama/qwen3-30b-a3b',
        `, sandbox: { mode: 'all' }`,
        `, tools: { sandbox: { tools: { allow: ['*'] } } }`,
      ),
      expect: [{ variant: 'unsafe' }],
    },
    {
      name: '2026.9.6 minds only what it reaches',
      version: '2026.9.6',
      config: home('ollama/llama3:8b', '', `, tools: { deny: ['group:web', 'browser'] }`),
      expect: [{ variant: 'confined' }],
    },
    {
      name: 'denied for this provider in 2026.9.6',
      version: '2026.9.6',
      config: home('ollama/llama3:8b', '', `, tools: { byProvider: { ollama: { deny: ['group:web', 'browser'] } } }`),
      expect: [{ variant: 'confined' }],
    },
  ],
  pass: [{ name: 'a large one', config: home('x/llama-405b') }],
  near: [
    { name: 'just above the bound', config: home('x/some-301b') },
    { name: 'no size in the name', config: home('x/model7b') },
    { name: 'for images only', config: `{ agents: { defaults: { imageModel: 'x/llava-7b' } } }` },
  ],
  unknown: [
    {
      name: 'the sandbox mode is unset',
      config: "{ agents: { defaults: { model: 'x/a-8b', sandbox: { mode: '${M}' } } } }",
    },
  ],
});
