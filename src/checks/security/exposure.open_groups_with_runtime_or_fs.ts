import { notApplicable, unknown } from '../../core/check.ts';
import { anyOf } from '../../core/fact.ts';
import { anyRuntimeRisk, describeContext, isRisky } from '../../model/tools/contexts.ts';
import { followed } from '../_families/exposure-path.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'security.exposure.open_groups_with_runtime_or_fs',
  title: 'Strangers can reach an agent that runs programs or reads files',
  why: 'Whoever may write to the bot writes the prompt; the tools then act on this host with your rights.',
  remedy:
    'Close the door with `openclaw config set {key} allowlist`, or fence the tools in: `openclaw config set agents.defaults.sandbox.mode all`, or deny group:runtime and group:fs.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    runtime: { severity: 'critical', text: 'Open: {doors}. Programs run without a sandbox in {contexts}.{followed}' },
    files: { severity: 'warn', text: 'Open: {doors}. Files are reached without a sandbox in {contexts}.{followed}' },
  },
  *run(model, hit) {
    const { exposure, toolContexts } = model;
    const { openInbound } = exposure;
    const first = openInbound[0];
    if (!first) return yield notApplicable('no channel is open to strangers');
    const risks = toolContexts.map(isRisky);
    const some = anyOf(risks[0]!, ...risks.slice(1));
    if (!some.known) return yield unknown(some);
    if (!some.value) return;
    const runtime = anyRuntimeRisk(toolContexts);
    if (!runtime.known) return yield unknown(runtime);
    const risky = toolContexts.filter((_, i) => risks[i]!.value);
    yield hit(runtime.value ? 'runtime' : 'files', {
      at: first,
      also: [...openInbound.slice(1), ...risky],
      args: {
        followed: followed(model),
        doors: openInbound.map((d) => d.key),
        key: first.key,
        contexts: risky.map(describeContext),
      },
    });
  },
});
