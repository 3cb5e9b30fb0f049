import { cases } from '../../core/cases.ts';

const installed = (version: string) => ({
  snapshot: {
    plugins: { dirs: [], installs: [], installedVersions: { 'plugin:a': version }, extensionsIsLink: false },
  },
});

export default cases('plugins.installs_version_drift', {
  fail: [
    {
      name: 'another version',
      config: `{ plugins: { installs: { a: { source: 'npm', version: '1.2.3' } } } }`,
      ...installed('1.0.0'),
      expect: [{ variant: 'records', at: 'plugins.installs.a' }],
    },
    {
      name: 'resolved counts first',
      config: `{ plugins: { installs: { a: { source: 'npm', version: '1.0.0', resolvedVersion: '2.0.0' } } } }`,
      ...installed('1.0.0'),
      expect: [{ variant: 'records', at: 'plugins.installs.a' }],
    },
  ],
  pass: [
    {
      name: 'the same',
      config: `{ plugins: { installs: { a: { source: 'npm', version: '1.0.0' } } } }`,
      ...installed('1.0.0'),
    },
  ],
  near: [
    { name: 'nothing is installed', config: `{ plugins: { installs: { a: { source: 'npm', version: '1.2.3' } } } }` },
    {
      name: 'the resolved version is the same',
      config: `{ plugins: { installs: { a: { source: 'npm', version: '9.9.9', resolvedVersion: '1.0.0' } } } }`,
      ...installed('1.0.0'),
    },
  ],
});
