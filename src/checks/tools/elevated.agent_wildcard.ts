import { notApplicable } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'tools.elevated.agent_wildcard',
  title: 'Everybody on a channel may use elevated tools of one agent',
  why: 'The list of the agent counts as well as the global one; a star in it lets every sender ask to leave the sandbox.',
  remedy: 'List the people in {key} instead of "*".',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { wildcard: { severity: 'critical', text: '{key} holds "*".' } },
  *run({ settings, agents }, hit) {
    if (settings.boolean(['tools', 'elevated', 'enabled'], true).value === false)
      return yield notApplicable('elevated tools are off');
    for (const agent of agents.written) {
      const path = [...agent.path!, 'tools', 'elevated'];
      if (settings.boolean([...path, 'enabled'], true).value === false) continue;
      for (const provider of settings.keys(...path, 'allowFrom')) {
        const list = settings.strings([...path, 'allowFrom', provider]);
        if (list.known && list.value?.includes('*'))
          yield hit('wildcard', { at: list, args: { key: formatRef(list.at) } });
      }
    }
  },
});
