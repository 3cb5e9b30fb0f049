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

const home = (config: string) => ({ config, ...installed(plugin('acme')) });

export default cases('plugins.tools_reachable_permissive_policy', {
  fail: [
    { name: 'nothing restricts tools', ...home('{}'), expect: [{ variant: 'reachable', at: 'agents.defaults' }] },
    {
      name: 'a list that names plugins',
      ...home(`{ tools: { allow: ['read', 'group:plugins'] } }`),
      expect: [{ variant: 'reachable' }],
    },
    {
      name: 'a profile that is widened',
      ...home(`{ tools: { profile: 'minimal', alsoAllow: ['acme'] } }`),
      expect: [{ variant: 'reachable' }],
    },
    {
      name: 'one agent',
      ...home(`{ tools: { profile: 'minimal' }, agents: { list: [{ id: 'dev', tools: { profile: 'full' } }] } }`),
      expect: [{ variant: 'reachable', at: 'agents.list[0]' }],
    },
  ],
  pass: [{ name: 'a profile', ...home(`{ tools: { profile: 'coding' } }`) }],
  near: [
    { name: 'everything in the sandbox', ...home(`{ agents: { defaults: { sandbox: { mode: 'all' } } } }`) },
    { name: 'plugins are denied', ...home(`{ tools: { deny: ['group:plugins'] } }`) },
    { name: 'the plugin is off', ...home(`{ plugins: { entries: { acme: { enabled: false } } } }`) },
  ],
});
