import { cases } from '../../core/cases.ts';

export default cases('hooks.path_root', {
  fail: [
    {
      name: 'root',
      config: `{ hooks: { enabled: true, path: ' / ' } }`,
      expect: [{ variant: 'root', at: 'hooks.path' }],
    },
  ],
  pass: [{ name: 'a path', config: `{ hooks: { enabled: true, path: '/hooks' } }` }],
  near: [
    { name: 'two slashes', config: `{ hooks: { enabled: true, path: '//' } }` },
    { name: 'webhooks are off', config: `{ hooks: { enabled: false, path: '/' } }` },
  ],
  unknown: [{ name: 'unset variable', config: "{ hooks: { enabled: true, path: '${P}' } }" }],
});
