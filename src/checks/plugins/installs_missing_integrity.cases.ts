import { cases } from '../../core/cases.ts';

export default cases('plugins.installs_missing_integrity', {
  fail: [
    {
      name: 'absent',
      config: `{ plugins: { installs: { a: { source: 'npm', spec: 'foo@1.2.3' } } } }`,
      expect: [{ variant: 'records', at: 'plugins.installs.a' }],
    },
    {
      name: 'blank',
      config: `{ plugins: { installs: { a: { source: 'npm', integrity: '  ' } } } }`,
      expect: [{ variant: 'records', at: 'plugins.installs.a' }],
    },
  ],
  pass: [{ name: 'recorded', config: `{ plugins: { installs: { a: { source: 'npm', integrity: 'sha512-x' } } } }` }],
  near: [{ name: 'from a path', config: `{ plugins: { installs: { a: { source: 'path' } } } }` }],
});
