import { notApplicable } from '../../core/check.ts';
import { joinList } from '../../core/text.ts';
import { weakTierReason } from '../../model/models.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'models.weak_tier',
  title: 'A model that is easy to mislead is in use',
  why: 'Weaker models follow instructions hidden in messages, pages and mail more readily; with tools that is code execution by text.',
  remedy: 'Use the strongest model for agents with tools: `openclaw models set <provider/model>`.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config'],
  variants: { used: { severity: 'warn', text: '{models}.' } },
  *run({ modelUses }, hit) {
    if (modelUses.length === 0) return yield notApplicable('no model is named');
    const found = modelUses.filter((m) => weakTierReason(m.id));
    const first = found[0];
    if (!first) return;
    const models = [...new Set(found.map((m) => `${m.id} in ${m.label} (${weakTierReason(m.id)})`))];
    yield hit('used', { at: first, also: found.slice(1), args: { models: joinList(models, 12) } });
  },
});
