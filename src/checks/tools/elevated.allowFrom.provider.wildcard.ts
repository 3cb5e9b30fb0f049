import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'tools.elevated.allowFrom.<provider>.wildcard',
  title: 'Everybody on a channel may use elevated tools',
  why: 'Elevated mode leaves the sandbox; with a star every sender of the channel may ask for it.',
  remedy:
    'List the people: `openclaw config set tools.elevated.allowFrom.{provider} \'["id"]\'`, or run `openclaw config set tools.elevated.enabled false`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { wildcard: { severity: 'critical', text: 'tools.elevated.allowFrom.{provider} holds "*".' } },
  *run({ settings }, hit) {
    const enabled = settings.boolean(['tools', 'elevated', 'enabled'], true);
    if (!enabled.known) return yield unknown(enabled);
    if (!enabled.value) return yield notApplicable('elevated tools are off');
    for (const provider of settings.keys('tools', 'elevated', 'allowFrom')) {
      const list = settings.strings(['tools', 'elevated', 'allowFrom', provider]);
      if (!list.known) yield unknown(list);
      else if (list.value?.includes('*')) yield hit('wildcard', { at: list, args: { provider } });
    }
  },
});
