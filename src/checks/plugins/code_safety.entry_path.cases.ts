import { cases } from '../../core/cases.ts';
import { probed } from '../_families/probed.ts';

const DIR = '/home/u/.openclaw/npm/projects/p/node_modules/acme';

function snapshot(entries: readonly string[]) {
  const plugin = { name: 'acme', path: DIR, from: 'npm-projects', kind: 'directory', ignored: false } as const;
  return {
    ...probed(),
    plugins: {
      dirs: [{ ...plugin, package: { entries } }],
      installs: [],
      installedVersions: {},
      extensionsIsLink: false,
    },
  };
}

export default cases('plugins.code_safety.entry_path', {
  fail: [
    {
      name: 'a hidden directory',
      snapshot: snapshot(['./.dist/index.js']),
      expect: [{ variant: 'hidden', at: `${DIR}/package.json`, severity: 'warn' }],
    },
    {
      name: 'a dependency, and a hidden file: one finding each',
      snapshot: snapshot(['./node_modules/dep/index.js', './.x.js']),
      expect: [{ variant: 'node_modules' }, { variant: 'hidden' }],
    },
  ],
  pass: [{ name: 'in the open', snapshot: snapshot(['./dist/index.js']) }],
  near: [
    { name: 'the plugin itself lies below node_modules', snapshot: snapshot(['./index.js']) },
    { name: 'dots that are steps', snapshot: snapshot(['./a/../b.js', '.']) },
    { name: 'outside, which is another finding', snapshot: snapshot(['../.hidden/x.js']) },
  ],
});
