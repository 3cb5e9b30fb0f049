import { notApplicable } from '../../core/check.ts';
import { joinList } from '../../core/text.ts';
import { isLegacyModel } from '../../model/models.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'models.legacy',
  title: 'A retired model is in use',
  why: 'Old models follow planted instructions far more readily, and their makers no longer harden them.',
  remedy: 'Choose a current one: `openclaw models set <provider/model>`.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config'],
  variants: { used: { severity: 'warn', text: '{models}.' } },
  *run({ modelUses }, hit) {
    if (modelUses.length === 0) return yield notApplicable('no model is named');
    const found = modelUses.filter((m) => isLegacyModel(m.id));
    const first = found[0];
    if (!first) return;
    const models = [...new Set(found.map((m) => `${m.id} in ${m.label}`))];
    yield hit('used', { at: first, also: found.slice(1), args: { models: joinList(models, 12) } });
  },
});
