import { unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'tools.exec.host_sandbox_no_sandbox_agents',
  title: 'Commands of an agent are meant for a sandbox that is switched off',
  why: 'The agent says sandbox, and there is none for it: older versions then run its commands on this host, newer ones refuse them.',
  remedy: 'Give the agent a sandbox (sandbox.mode "all"), or say where its commands shall run.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    missing: { severity: 'warn', text: 'tools.exec.host is "sandbox" and the sandbox is off for {agents}.' },
  },
  *run({ execScopes }, hit) {
    const found = [];
    for (const scope of execScopes.slice(1)) {
      if (!scope.ownHost.known) return yield unknown(scope.ownHost);
      if (scope.ownHost.value !== 'sandbox') continue;
      if (!scope.sandboxMode.known) return yield unknown(scope.sandboxMode);
      if (scope.sandboxMode.value === 'off') found.push(scope);
    }
    const first = found[0];
    if (first)
      yield hit('missing', {
        at: first.ownHost,
        also: found.slice(1).map((s) => s.ownHost),
        args: { agents: found.map((s) => s.agent!.id) },
      });
  },
});
