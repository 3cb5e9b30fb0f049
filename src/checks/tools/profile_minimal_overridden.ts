import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'tools.profile_minimal_overridden',
  title: 'An agent steps out of the minimal tool profile',
  why: 'The global profile promises a bot that can do next to nothing; this agent does not keep the promise.',
  remedy: 'Remove the profile of the agent, or accept that the global setting says less than it seems.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { overridden: { severity: 'warn', text: 'tools.profile is "minimal"; {agents}.' } },
  *run({ settings, agents }, hit) {
    const profile = settings.string(['tools', 'profile'], undefined);
    if (!profile.known) return yield unknown(profile);
    if (profile.value !== 'minimal') return yield notApplicable('the global profile is not minimal');
    const others = [];
    for (const agent of agents.written) {
      const own = settings.string([...agent.path!, 'tools', 'profile'], undefined);
      if (!own.known) return yield unknown(own);
      if (own.value && own.value !== 'minimal')
        others.push({ at: own.at, text: `agent ${agent.id} has "${own.value}"` });
    }
    const first = others[0];
    if (first)
      yield hit('overridden', {
        at: first,
        also: [...others.slice(1), profile],
        args: { agents: others.map((o) => o.text) },
      });
  },
});
