import { cases } from '../../core/cases.ts';
import type { PluginDir } from '../../core/snapshot.ts';
import { probed } from '../_families/probed.ts';

const DIR = '/home/u/.openclaw/extensions/acme';

function snapshot(entries: readonly string[], more: Partial<PluginDir> = {}) {
  const plugin = { name: 'acme', path: DIR, from: 'state-extensions', kind: 'directory', ignored: false } as const;
  return {
    ...probed(),
    plugins: {
      dirs: [{ ...plugin, package: { entries }, ...more }],
      installs: [],
      installedVersions: {},
      extensionsIsLink: false,
    },
  };
}

export default cases('plugins.code_safety.entry_escape', {
  fail: [
    {
      name: 'a neighbour’s file',
      snapshot: snapshot(['./index.js', '../other/index.js']),
      expect: [{ variant: 'outside', at: `${DIR}/package.json`, severity: 'critical' }],
    },
    { name: 'an absolute path', snapshot: snapshot(['/opt/acme/index.js']), expect: [{ variant: 'outside' }] },
    {
      name: 'two of them are one finding, also in a plugin that was set aside',
      snapshot: snapshot(['../../x.js', '../y.js'], { name: 'acme.disabled', ignored: true }),
      expect: [{ variant: 'outside' }],
    },
    {
      name: 'a directory whose name only begins like the plugin’s',
      snapshot: snapshot(['../acme-evil/index.js']),
      expect: [{ variant: 'outside' }],
    },
    {
      name: 'more steps up than there are',
      snapshot: snapshot([`${'../'.repeat(40)}etc/x.js`]),
      expect: [{ variant: 'outside' }],
    },
  ],
  pass: [{ name: 'its own file', snapshot: snapshot(['./index.js']) }],
  near: [
    { name: 'dots that stay inside', snapshot: snapshot(['./dist/../index.js']) },
    { name: 'out and back in', snapshot: snapshot(['../acme/index.js']) },
    { name: 'an absolute path to itself', snapshot: snapshot([`${DIR}/index.js`]) },
    { name: 'a name with two dots', snapshot: snapshot(['./..x/index.js', 'a..b.js']) },
  ],
});
