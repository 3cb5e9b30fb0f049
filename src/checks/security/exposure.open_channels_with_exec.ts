import { notApplicable, unknown } from '../../core/check.ts';
import { followed } from '../_families/exposure-path.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'security.exposure.open_channels_with_exec',
  title: 'Strangers can write to a bot that may run commands',
  why: 'An open policy anywhere below a channel lets a stranger write the prompt; exec turns it into a command.',
  remedy:
    'Close the door: `openclaw config set {key} allowlist`, or switch commands off: `openclaw config set tools.exec.security deny`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    allowlist: { severity: 'warn', text: 'Open: {doors}. Commands: {scopes}.{followed}' },
    full: { severity: 'critical', text: 'Open: {doors}. Commands run without approval: {scopes}.{followed}' },
  },
  *run(model, hit) {
    const { execScopes, exposure, toolContexts } = model;
    const doors = exposure.openAnywhere;
    const first = doors[0];
    if (!first) return yield notApplicable('no channel is open to strangers');
    const able = [];
    for (const [i, scope] of execScopes.entries()) {
      if (!scope.security.known) return yield unknown(scope.security);
      // Nothing written counts as deny in the audit of OpenClaw 2026.9.6.
      if ((scope.security.value ?? 'deny') === 'deny') continue;
      const exec = toolContexts[i]!.policy.allowed(['exec']);
      if (exec.known && exec.value.length === 0) continue;
      able.push(scope);
    }
    if (able.length === 0) return;
    yield hit(able.some((s) => s.security.value === 'full') ? 'full' : 'allowlist', {
      at: first,
      also: [...doors.slice(1), ...able.map((s) => s.security)],
      args: {
        followed: followed(model),
        doors: doors.map((d) => d.key),
        key: first.key,
        scopes: able.map(
          (s) => `${s.agent?.normalizedId ?? s.label}: ${s.security.value}, host ${s.host.value ?? 'default'}`,
        ),
      },
    });
  },
});
