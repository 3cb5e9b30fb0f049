import { notApplicable } from '../../core/check.ts';
import { enabledExtensions, pluginToolsReachable } from '../../model/plugins.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'plugins.tools_reachable_permissive_policy',
  title: 'Tools of plugins are available without being named',
  why: 'Whatever tool a plugin adds today or after an update can be called by any prompt that reaches the agent.',
  remedy:
    'Choose a profile, e.g. `openclaw config set tools.profile coding`, or list the tools you want in tools.allow.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config', 'plugins'],
  variants: { reachable: { severity: 'warn', text: 'Tools of {plugins} are available in {contexts}.' } },
  *run(model, hit) {
    const { settings, toolContexts, toolTables } = model;
    const enabled = enabledExtensions(settings, model.plugins);
    if (enabled.length === 0) return yield notApplicable('no plugin of the extensions directory is enabled');
    const open = toolContexts.filter((c) => pluginToolsReachable(settings, c, enabled, toolTables));
    const first = open[0];
    if (first)
      yield hit('reachable', {
        at: first,
        also: open.slice(1),
        args: { plugins: enabled.map((d) => d.name), contexts: open.map((c) => c.label) },
      });
  },
});
