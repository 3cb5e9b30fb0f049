import { notApplicable, unknown } from '../../core/check.ts';
import { CONTROL_PLANE_TOOLS } from '../../model/tools/tables.ts';
import { followed } from '../_families/exposure-path.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'security.exposure.open_groups_with_control_plane_tools',
  title: 'Strangers can reach an agent that may change the bot itself',
  why: 'With these tools a prompt can schedule jobs, change the config or add plugins, and stay after you closed the door.',
  remedy:
    'Close the door with `openclaw config set {key} allowlist`, or deny the tools: `openclaw config set tools.deny \'["gateway","automations","plugins"]\'`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  appliesTo: { from: '2026.8.1' },
  variants: { reachable: { severity: 'critical', text: 'Open: {doors}. Available: {contexts}.{followed}' } },
  *run(model, hit) {
    const { exposure, toolContexts } = model;
    const { openInbound } = exposure;
    const first = openInbound[0];
    if (!first) return yield notApplicable('no channel is open to strangers');
    const found: string[] = [];
    for (const context of toolContexts) {
      const tools = context.effective.allowed(CONTROL_PLANE_TOOLS);
      if (!tools.known) return yield unknown(tools);
      if (tools.value.length > 0) found.push(`${tools.value.join(', ')} in ${context.label}`);
    }
    if (found.length === 0) return;
    yield hit('reachable', {
      at: first,
      also: openInbound.slice(1),
      args: { followed: followed(model), doors: openInbound.map((d) => d.key), key: first.key, contexts: found },
    });
  },
});
