import { notApplicable, unknown } from '../../core/check.ts';
import { joinList } from '../../core/text.ts';
import { modelSize, SMALL_MODEL_BILLIONS } from '../../model/models.ts';
import { exposedTools } from '../../model/small-models.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'models.small_params',
  title: 'A small model works where text of strangers comes in',
  why: 'Small models cannot reliably tell instructions from content: a web page or mail becomes an order.',
  remedy:
    'Confine it: `openclaw config set agents.defaults.sandbox.mode all` and `openclaw config set tools.deny \'["group:web","browser"]\'`, or use a larger model.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config', 'env'],
  variants: {
    unsafe: { severity: 'critical', text: '{models}.' },
    confined: { severity: 'info', text: '{models}; sandboxed and without web or browser tools.' },
  },
  *run(model, hit) {
    const small = model.modelUses.filter((m) => {
      const size = m.imageOnly ? undefined : modelSize(m.id);
      return size !== undefined && size <= SMALL_MODEL_BILLIONS;
    });
    if (small.length === 0) return yield notApplicable('no small model is named');
    const found = [];
    for (const use of small) {
      const context = model.toolContexts.find((c) => c.agent === use.agent)!;
      const { mode } = context.sandbox;
      if (!mode.known) return yield unknown(mode);
      const tools = exposedTools(model, context, use.id);
      if (!tools.known) return yield unknown(tools);
      // 2026.9.6 minds only what the model can reach; 2026.3.7 also that it is not sandboxed.
      const unsafe = tools.value.length > 0 || (!model.target.secondEra && mode.value !== 'all');
      found.push({ use, unsafe, text: `${use.id} in ${use.label} (sandbox ${mode.value}; ${joinList(tools.value)})` });
    }
    const listed = found.filter((f) => f.unsafe);
    const shown = listed.length > 0 ? listed : found;
    yield hit(listed.length > 0 ? 'unsafe' : 'confined', {
      at: shown[0]!.use,
      also: shown.slice(1).map((f) => f.use),
      args: { models: shown.map((f) => f.text) },
    });
  },
});
