import { keyRef } from '../../core/ref.ts';
import { plural } from '../../core/text.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'security.audit.suppressions.active',
  title: 'Findings are suppressed by the config itself',
  why: 'Whoever may write the config, an agent included, can hide findings; this one cannot be hidden.',
  remedy:
    'Read the list of suppressed findings, and remove entries of security.audit.suppressions that nobody answers for.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  appliesTo: { from: '2026.8.1' },
  variants: {
    active: {
      severity: 'info',
      text: 'security.audit.suppressions holds {count}; what they match is listed apart and not counted.',
    },
  },
  *run({ settings }, hit) {
    const count = settings.count('security', 'audit', 'suppressions');
    if (count > 0)
      yield hit('active', {
        at: keyRef('security', 'audit', 'suppressions'),
        args: { count: plural(count, 'entry', 'entries') },
      });
  },
});
