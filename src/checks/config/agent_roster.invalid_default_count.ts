import { notApplicable, unknown } from '../../core/check.ts';
import { keyRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'config.agent_roster.invalid_default_count',
  title: 'Which agent is the default cannot be told',
  why: 'Messages without a binding then go to no agent, or to one with other tools than you think.',
  remedy:
    'Mark exactly one agent with `default: true`, or set agents.ownership to "explicit", mark none and bind every channel.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  appliesTo: { from: '2026.8.1' },
  variants: {
    explicit: { severity: 'warn', text: 'agents.ownership is "explicit", and {marked} marked as default.' },
    count: { severity: 'warn', text: '{agents} agents are written, and {marked} marked as default.' },
  },
  *run({ agents, settings }, hit) {
    if (agents.written.length === 0) return yield notApplicable('no agent is written');
    const ownership = settings.string(['agents', 'ownership'], undefined);
    if (!ownership.known) return yield unknown(ownership);
    const marked = agents.written.filter((a) => a.markedDefault);
    const at = marked[0] ?? { at: keyRef('agents', agents.dialect) };
    const args = { agents: agents.written.length, marked: marked.length === 1 ? 'one is' : `${marked.length} are` };
    if (ownership.value === 'explicit') {
      if (marked.length > 0) yield hit('explicit', { at, also: marked.slice(1), args });
    } else if (agents.written.length > 1 && marked.length !== 1)
      yield hit('count', { at, also: marked.slice(1), args });
  },
});
