import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'tools.elevated.allowFrom.<provider>.large',
  title: 'Many people may use elevated tools',
  why: 'A list this long is no inner circle; one taken-over account in it is enough to leave the sandbox.',
  remedy: 'Keep only those who need it in tools.elevated.allowFrom.{provider}.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    large: {
      severity: 'warn',
      text: 'tools.elevated.allowFrom.{provider} holds {count} entries; more than 25 are hard to watch.',
    },
  },
  *run({ settings }, hit) {
    const enabled = settings.boolean(['tools', 'elevated', 'enabled'], true);
    if (!enabled.known) return yield unknown(enabled);
    if (!enabled.value) return yield notApplicable('elevated tools are off');
    for (const provider of settings.keys('tools', 'elevated', 'allowFrom')) {
      const list = settings.strings(['tools', 'elevated', 'allowFrom', provider]);
      if (!list.known) yield unknown(list);
      else if (list.value && !list.value.includes('*') && list.value.length > 25)
        yield hit('large', { at: list, args: { provider, count: list.value.length } });
    }
  },
});
