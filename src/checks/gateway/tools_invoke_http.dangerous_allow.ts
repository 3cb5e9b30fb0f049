import { notApplicable, unknown } from '../../core/check.ts';
import { keyRef } from '../../core/ref.ts';
import { anyOf, mapFact } from '../../core/fact.ts';
import { HTTP_DENIED_TOOLS } from '../../model/data/http-tools.ts';
import { canonicalTool } from '../../model/tools/policy.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.tools_invoke_http.dangerous_allow',
  title: 'Tools that OpenClaw keeps from HTTP callers are allowed again',
  why: 'A web request with the gateway secret then starts sessions, sends messages or changes the bot itself, past every chat policy.',
  remedy: 'Take them out of the list: `openclaw config unset gateway.tools.allow`, or keep only the names you need.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    local: {
      severity: 'warn',
      text: 'gateway.tools.allow holds {tools}; the gateway is reached from this machine or your tailnet.',
    },
    exposed: { severity: 'critical', text: 'gateway.tools.allow holds {tools} and other machines reach the gateway.' },
  },
  *run({ gateway, settings, target, toolTables }, hit) {
    const allow = settings.strings(['gateway', 'tools', 'allow']);
    if (!allow.known) return yield unknown(allow);
    if (!allow.value) return yield notApplicable('no tool is allowed beyond the defaults');
    const denied = HTTP_DENIED_TOOLS[target.secondEra ? 'second' : 'first'];
    // In 2026.9.6 the runtime honours the alias `cron`; its audit compares literally and misses it.
    const canonical = (t: string) => (target.secondEra ? canonicalTool(t, toolTables) : t.toLowerCase());
    const tools = [...new Set(allow.value.map(canonical))].filter((t) => denied.includes(t));
    if (tools.length === 0) return;
    const open = anyOf(
      gateway.nonLoopback,
      mapFact(gateway.tailscaleMode, (m) => m === 'funnel'),
    );
    if (!open.known) return yield unknown(open);
    const list = settings.value('gateway', 'tools', 'allow');
    const index =
      list?.kind === 'array'
        ? list.items.findIndex((v) => v.kind === 'string' && tools.includes(canonical(v.value.trim())))
        : -1;
    yield hit(open.value ? 'exposed' : 'local', {
      at: index < 0 ? allow.at : keyRef('gateway', 'tools', 'allow', index),
      also: [gateway.bind],
      args: { tools },
    });
  },
});
