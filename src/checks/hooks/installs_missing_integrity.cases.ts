import { cases } from '../../core/cases.ts';

export default cases('hooks.installs_missing_integrity', {
  fail: [
    {
      name: 'absent',
      config: `{ hooks: { internal: { installs: { a: { source: 'npm', spec: 'foo@1.2.3' } } } } }`,
      expect: [{ variant: 'records', at: 'hooks.internal.installs.a' }],
    },
    {
      name: 'blank',
      config: `{ hooks: { internal: { installs: { a: { source: 'npm', integrity: '  ' } } } } }`,
      expect: [{ variant: 'records', at: 'hooks.internal.installs.a' }],
    },
  ],
  pass: [
    {
      name: 'recorded',
      config: `{ hooks: { internal: { installs: { a: { source: 'npm', integrity: 'sha512-x' } } } } }`,
    },
  ],
  near: [{ name: 'from a path', config: `{ hooks: { internal: { installs: { a: { source: 'path' } } } } }` }],
});
