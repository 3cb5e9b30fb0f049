import { cases } from '../../core/cases.ts';

const installed = (version: string) => ({
  snapshot: { plugins: { dirs: [], installs: [], installedVersions: { 'hook:a': version }, extensionsIsLink: false } },
});

export default cases('hooks.installs_version_drift', {
  fail: [
    {
      name: 'another version',
      config: `{ hooks: { internal: { installs: { a: { source: 'npm', version: '1.2.3' } } } } }`,
      ...installed('1.0.0'),
      expect: [{ variant: 'records', at: 'hooks.internal.installs.a' }],
    },
    {
      name: 'resolved counts first',
      config: `{ hooks: { internal: { installs: { a: { source: 'npm', version: '1.0.0', resolvedVersion: '2.0.0' } } } } }`,
      ...installed('1.0.0'),
      expect: [{ variant: 'records', at: 'hooks.internal.installs.a' }],
    },
  ],
  pass: [
    {
      name: 'the same',
      config: `{ hooks: { internal: { installs: { a: { source: 'npm', version: '1.0.0' } } } } }`,
      ...installed('1.0.0'),
    },
  ],
  near: [
    {
      name: 'nothing is installed',
      config: `{ hooks: { internal: { installs: { a: { source: 'npm', version: '1.2.3' } } } } }`,
    },
    {
      name: 'the resolved version is the same',
      config: `{ hooks: { internal: { installs: { a: { source: 'npm', version: '9.9.9', resolvedVersion: '1.0.0' } } } } }`,
      ...installed('1.0.0'),
    },
  ],
});
