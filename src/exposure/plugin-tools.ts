import type { KeyPath } from '../core/ref.ts';
import { fileRef } from '../core/ref.ts';
import type { PluginDir } from '../core/snapshot.ts';
import type { Model } from '../model/model.ts';
import { enabledExtensions, pluginToolsReachable } from '../model/plugins.ts';
import type { EffectivePolicy } from '../model/policy/query.ts';
import { open, untold } from './boundary.ts';
import type { Capability } from './capabilities.ts';

/**
 * Tools that plugins bring, where the policy lets one through that no list names. What they do is in their code; they run
 * in the gateway, outside any sandbox.
 */
export function pluginTools(model: Model, policy: EffectivePolicy, own: KeyPath | undefined): Capability | undefined {
  const enabled = enabledOf(model);
  if (enabled.length === 0) return undefined;
  const context = model.toolContexts.find((c) => c.agent?.normalizedId === policy.agent.id) ?? model.toolContexts[0];
  if (!context || !pluginToolsReachable(model.settings, context, enabled, model.toolTables)) return undefined;
  const names = enabled.map((d) => d.id ?? d.name);
  const refs = enabled.slice(0, 3).map((d) => fileRef(d.path));
  return {
    label: `tools of the plugins ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`,
    boundaries: [
      open('tool-policy', 'nothing denies tools of plugins', [context.at], {
        lever: 'deny',
        agent: own,
        tools: ['group:plugins'],
      }),
    ],
    reaches: [
      {
        asset: 'host-shell',
        text: 'runs the code of the plugin in the gateway',
        boundaries: [untold('sandbox', 'does the code of the plugin run commands? it is not read here', refs)],
      },
    ],
  };
}

const known = new WeakMap<Model, readonly PluginDir[]>();

function enabledOf(model: Model): readonly PluginDir[] {
  const found = known.get(model) ?? enabledExtensions(model.settings, model.plugins);
  known.set(model, found);
  return found;
}
