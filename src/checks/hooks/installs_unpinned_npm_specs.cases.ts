import { cases } from '../../core/cases.ts';

export default cases('hooks.installs_unpinned_npm_specs', {
  fail: [
    {
      name: 'no version',
      config: `{ hooks: { internal: { installs: { a: { source: 'npm', spec: 'foo' } } } } }`,
      expect: [{ variant: 'records', at: 'hooks.internal.installs.a' }],
    },
    {
      name: 'a tag of a scope',
      config: `{ hooks: { internal: { installs: { a: { source: 'npm', spec: '@s/foo@latest' } } } } }`,
      expect: [{ variant: 'records', at: 'hooks.internal.installs.a' }],
    },
    {
      name: 'two parts',
      config: `{ hooks: { internal: { installs: { a: { source: 'npm', spec: 'foo@1.2' } } } } }`,
      expect: [{ variant: 'records', at: 'hooks.internal.installs.a' }],
    },
  ],
  pass: [
    { name: 'exact', config: `{ hooks: { internal: { installs: { a: { source: 'npm', spec: '@s/foo@1.2.3' } } } } }` },
  ],
  near: [
    {
      name: 'with a v and a pre-release',
      config: `{ hooks: { internal: { installs: { a: { source: 'npm', spec: 'foo@v1.2.3-beta.1+b.5' } } } } }`,
    },
    { name: 'from a path', config: `{ hooks: { internal: { installs: { a: { source: 'path', spec: 'foo' } } } } }` },
    { name: 'no spec', config: `{ hooks: { internal: { installs: { a: { source: 'npm' } } } } }` },
  ],
});
