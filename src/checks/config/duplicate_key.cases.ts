import { cases } from '../../core/cases.ts';

export default cases('config.duplicate_key', {
  fail: [
    {
      name: 'a safe value that is overruled below',
      config: `{ gateway: { bind: 'loopback', port: 1, bind: 'lan' } }`,
      expect: [{ variant: 'twice' }],
    },
    {
      name: 'a name of object internals',
      config: `{ tools: { elevated: { allowFrom: { __proto__: ['*'] } } } }`,
      expect: [{ variant: 'dropped' }],
    },
  ],
  pass: [{ name: 'each once', config: `{ gateway: { bind: 'loopback' } }` }],
  near: [{ name: 'the same name in two objects', config: `{ gateway: { mode: 'local' }, session: { mode: 'x' } }` }],
});
