import { cases } from '../../core/cases.ts';

export default cases('plugins.installs_unpinned_npm_specs', {
  fail: [
    {
      name: 'no version',
      config: `{ plugins: { installs: { a: { source: 'npm', spec: 'foo' } } } }`,
      expect: [{ variant: 'records', at: 'plugins.installs.a' }],
    },
    {
      name: 'a tag of a scope',
      config: `{ plugins: { installs: { a: { source: 'npm', spec: '@s/foo@latest' } } } }`,
      expect: [{ variant: 'records', at: 'plugins.installs.a' }],
    },
    {
      name: 'two parts',
      config: `{ plugins: { installs: { a: { source: 'npm', spec: 'foo@1.2' } } } }`,
      expect: [{ variant: 'records', at: 'plugins.installs.a' }],
    },
  ],
  pass: [{ name: 'exact', config: `{ plugins: { installs: { a: { source: 'npm', spec: '@s/foo@1.2.3' } } } }` }],
  near: [
    {
      name: 'with a v and a pre-release',
      config: `{ plugins: { installs: { a: { source: 'npm', spec: 'foo@v1.2.3-beta.1+b.5' } } } }`,
    },
    { name: 'from a path', config: `{ plugins: { installs: { a: { source: 'path', spec: 'foo' } } } }` },
    { name: 'no spec', config: `{ plugins: { installs: { a: { source: 'npm' } } } }` },
  ],
});
