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

const home = (allow: string) => ({
  version: '2026.9.6',
  config: `{ plugins: { allow: ${allow} } }`,
  ...installed(plugin('acme', { id: 'acme-tools' })),
});

export default cases('plugins.allow_phantom_entries', {
  fail: [
    {
      name: 'nobody of that name',
      ...home(`['acme', 'ghost']`),
      expect: [{ variant: 'phantom', at: 'plugins.allow[1]' }],
    },
  ],
  pass: [{ name: 'by its directory', ...home(`['Acme']`) }],
  near: [
    { name: 'by its id, and all plugins', ...home(`['acme-tools', 'group:plugins']`) },
    { name: 'one that OpenClaw brings', ...home(`['telegram', 'memory-core']`) },
  ],
});
