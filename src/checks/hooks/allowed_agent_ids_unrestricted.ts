import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'hooks.allowed_agent_ids_unrestricted',
  title: 'Webhook senders may start any agent',
  why: 'A sender that was meant for one harmless agent can call the one with a shell.',
  remedy: 'Name the agents: `openclaw config set hooks.allowedAgentIds \'["inbox"]\'`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  appliesTo: { from: '2026.8.1' },
  variants: {
    local: { severity: 'warn', text: 'hooks.allowedAgentIds is {state}.' },
    exposed: { severity: 'critical', text: 'hooks.allowedAgentIds is {state}, and other machines reach the gateway.' },
  },
  *run({ hooks, gateway }, hit) {
    const { enabled, allowedAgentIds } = hooks;
    if (!enabled.known) return yield unknown(enabled);
    if (!enabled.value) return yield notApplicable('webhooks are off');
    if (!allowedAgentIds.known) return yield unknown(allowedAgentIds);
    const ids = allowedAgentIds.value;
    if (ids && !ids.includes('*')) return;
    if (!gateway.exposed.known) return yield unknown(gateway.exposed);
    yield hit(gateway.exposed.value ? 'exposed' : 'local', {
      at: allowedAgentIds,
      args: { state: ids ? '"*"' : 'not set' },
    });
  },
});
