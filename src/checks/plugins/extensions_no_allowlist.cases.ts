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

const TOKEN = `botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'`;

export default cases('plugins.extensions_no_allowlist', {
  fail: [
    {
      name: 'a plugin and no list',
      config: '{}',
      ...installed(plugin('acme')),
      expect: [{ variant: 'unlisted', at: 'plugins.allow' }],
    },
    {
      name: 'an empty list',
      config: '{ plugins: { allow: [] } }',
      ...installed(plugin('acme')),
      expect: [{ variant: 'unlisted' }],
    },
    {
      name: 'skills are commands',
      config: `{ channels: { telegram: { ${TOKEN} } } }`,
      ...installed(plugin('acme')),
      expect: [{ variant: 'commands' }],
    },
    {
      name: 'the token comes from the environment',
      config: '{}',
      env: { DISCORD_BOT_TOKEN: 'ddddddddddddddddddddddddddddd' },
      ...installed(plugin('acme')),
      expect: [{ variant: 'commands' }],
    },
  ],
  pass: [{ name: 'a list', config: `{ plugins: { allow: ['acme'] } }`, ...installed(plugin('acme')) }],
  near: [
    { name: 'switched off by its name', config: '{}', ...installed(plugin('acme.disabled', { ignored: true })) },
    { name: 'a link is another finding', config: '{}', ...installed(plugin('acme', { kind: 'symlink' })) },
  ],
  notApplicable: [{ name: 'no plugin', config: '{}' }],
});
