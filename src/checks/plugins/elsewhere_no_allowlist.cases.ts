import { cases } from '../../core/cases.ts';
import type { PluginDir, Snapshot } from '../../core/snapshot.ts';

const plugin = (name: string, more: Partial<PluginDir> = {}): PluginDir => ({
  name,
  path: `/home/u/.openclaw/extensions/${name}`,
  from: 'state-extensions',
  kind: 'directory',
  ignored: false,
  ...more,
});
const installed = (...dirs: PluginDir[]): { snapshot: Pick<Snapshot, 'plugins'> } => ({
  snapshot: { plugins: { dirs, installs: [], installedVersions: {}, extensionsIsLink: false } },
});

export default cases('plugins.elsewhere_no_allowlist', {
  fail: [
    {
      name: 'in a workspace',
      config: '{}',
      ...installed(
        plugin('x', { from: 'workspace-extensions', path: '/home/u/.openclaw/workspace/.openclaw/extensions/x' }),
      ),
      expect: [{ variant: 'unlisted', at: '~state/workspace/.openclaw/extensions/x' }],
    },
    {
      name: 'a single file',
      config: '{}',
      ...installed(plugin('x.js', { kind: 'file' })),
      expect: [{ variant: 'unlisted' }],
    },
  ],
  pass: [{ name: 'a list', config: `{ plugins: { allow: ['x'] } }`, ...installed(plugin('x', { kind: 'symlink' })) }],
  near: [{ name: 'a directory is another finding', config: '{}', ...installed(plugin('x')) }],
});
