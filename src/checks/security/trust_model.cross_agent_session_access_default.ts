import { notApplicable, unknown } from '../../core/check.ts';
import { keyRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

const SESSION_TOOLS = ['sessions_list', 'sessions_history', 'sessions_search', 'sessions_send', 'session_status'];

export default defineCheck({
  id: 'security.trust_model.cross_agent_session_access_default',
  title: 'Each agent may read and steer the sessions of the others',
  why: 'Two agents with different people or different tools are then one: the harmless one can ask, or be made to ask, the powerful one.',
  remedy:
    'Run `openclaw config set tools.sessions.visibility agent`, or name who may talk to whom in tools.agentToAgent.allow.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config'],
  appliesTo: { from: '2026.8.1' },
  variants: {
    default: {
      severity: 'info',
      text: '{count} agents; tools.sessions.visibility is "all" and agent-to-agent access is not limited.',
    },
    differing: {
      severity: 'warn',
      text: '{count} agents that differ in tools, sandbox or people; tools.sessions.visibility is "all" and agent-to-agent access is not limited.',
    },
  },
  *run({ settings, agents, toolContexts, exposure }, hit) {
    if (agents.written.length < 2) return yield notApplicable('there is one agent');
    const visibility = settings.string(['tools', 'sessions', 'visibility'], 'all');
    if (!visibility.known) return yield unknown(visibility);
    if (['self', 'tree', 'agent'].includes(visibility.value)) return;
    const between = settings.boolean(['tools', 'agentToAgent', 'enabled'], true);
    if (!between.known) return yield unknown(between);
    const allow = settings.strings(['tools', 'agentToAgent', 'allow']);
    if (!allow.known) return yield unknown(allow);
    if (!between.value || (allow.value && allow.value.length > 0)) return;
    const visible =
      settings.string(['agents', 'defaults', 'sandbox', 'sessionToolsVisibility'], 'spawned').value === 'all';
    const contexts = toolContexts.slice(1);
    let reachable = false;
    for (const { sandbox, effective } of contexts) {
      if (!sandbox.mode.known) return yield unknown(sandbox.mode);
      if (sandbox.mode.value === 'all' && !visible) continue;
      const tools = effective.allowed(SESSION_TOOLS);
      if (!tools.known) return yield unknown(tools);
      if (tools.value.length > 0) reachable = true;
    }
    if (!reachable) return;
    const own = agents.written.some((a) =>
      ['profile', 'allow', 'deny'].some((k) => settings.has(...a.path!, 'tools', k)),
    );
    const differs = own || exposure.multiUser.length > 0 || contexts.some((c) => c.sandbox.mode.value !== 'off');
    yield hit(differs ? 'differing' : 'default', {
      at: visibility.set ? visibility : keyRef('agents', agents.dialect === 'list' ? 'list' : 'entries'),
      args: { count: agents.written.length },
    });
  },
});
