import type { PluginDir } from '../../core/snapshot.ts';
import type { Model } from '../../model/model.ts';

/** Where a plugin says that its code starts. */
export interface PluginEntry {
  /** As written in `openclaw.extensions` of its package.json. */
  readonly text: string;
  /** `outside` of the plugin's directory; inside it, in a directory that code reviews and scanners skip; or `plain`. */
  readonly place: 'plain' | 'hidden' | 'node_modules' | 'outside';
}

export interface PluginEntries {
  readonly plugin: PluginDir;
  readonly packageJson: string;
  readonly entries: readonly PluginEntry[];
}

/**
 * Plugins with the places of their entries, also of those that are switched off or set aside: a config change loads them.
 * Paths are judged as written, as OpenClaw 2026.3.7 and 2026.9.6 do.
 */
export function pluginEntries({ snapshot }: Model): PluginEntries[] {
  const windows = snapshot.host.platform === 'win32';
  return snapshot.plugins.dirs
    .filter((plugin) => plugin.from !== 'bundled' && plugin.package !== undefined)
    .map((plugin) => ({
      plugin,
      packageJson: `${plugin.path}${windows ? '\\' : '/'}package.json`,
      entries: plugin.package!.entries.map((text) => ({ text, place: placeOf(text, plugin.path, windows) })),
    }));
}

function placeOf(entry: string, directory: string, windows: boolean): PluginEntry['place'] {
  const split = (path: string) => path.split(windows ? /[\\/]+/ : /\/+/).filter((step) => step !== '' && step !== '.');
  const base = split(directory);
  const absolute = windows ? /^(?:[a-z]:|[\\/])/i.test(entry) : entry.startsWith('/');
  const steps = absolute ? [] : [...base];
  for (const step of split(entry)) {
    if (step === '..') steps.pop();
    else steps.push(step);
  }
  if (!base.every((step, i) => steps[i] === step)) return 'outside';
  const inside = steps.slice(base.length);
  if (inside.includes('node_modules')) return 'node_modules';
  return inside.some((step) => step.startsWith('.')) ? 'hidden' : 'plain';
}
