import { cases } from '../../core/cases.ts';
import type { PackageFacts } from '../../core/snapshot.ts';
import { probed } from '../_families/probed.ts';

const DIR = '/home/u/.openclaw/extensions/acme';

function snapshot(facts?: PackageFacts) {
  const plugin = { name: 'acme', path: DIR, from: 'state-extensions', kind: 'directory', ignored: false } as const;
  return {
    ...probed(),
    plugins: {
      dirs: [{ ...plugin, ...(facts && { package: facts }) }],
      installs: [],
      installedVersions: {},
      extensionsIsLink: false,
    },
  };
}

const version = '2026.9.6';

export default cases('plugins.code_safety.manifest_parse_error', {
  fail: [
    {
      name: 'it is no JSON',
      version,
      snapshot: snapshot({ entries: [], error: 'it is not JSON' }),
      expect: [{ variant: 'broken', at: `${DIR}/package.json`, severity: 'warn' }],
    },
  ],
  pass: [{ name: 'it is JSON', version, snapshot: snapshot({ name: 'acme', entries: ['./index.js'] }) }],
  near: [{ name: 'there is none', version, snapshot: snapshot() }],
  notApplicable: [
    {
      name: 'the older version takes it for a plugin without entries',
      version: '2026.3.7',
      snapshot: snapshot({ entries: [], error: 'it is not JSON' }),
    },
  ],
});
