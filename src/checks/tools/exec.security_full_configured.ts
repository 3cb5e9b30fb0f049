import { unknown } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'tools.exec.security_full_configured',
  title: 'Commands run without any approval',
  why: 'Whatever reaches the agent as text can become a command on the host at once; no list and no question stands between.',
  remedy: 'Run `openclaw config set {key} allowlist` and approve what you use.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    closed: { severity: 'warn', text: 'Exec is set to full for {scopes}.' },
    open: { severity: 'critical', text: 'Exec is set to full for {scopes}, and strangers can write: {doors}.' },
  },
  *run({ execScopes, exposure }, hit) {
    const full = [];
    for (const scope of execScopes) {
      if (!scope.security.known) return yield unknown(scope.security);
      if (scope.security.value === 'full') full.push(scope);
    }
    const first = full[0];
    if (!first) return;
    const doors = exposure.openAnywhere;
    yield hit(doors.length > 0 ? 'open' : 'closed', {
      at: first.security,
      also: [...full.slice(1).map((s) => s.security), ...doors],
      args: {
        scopes: [...new Set(full.map((s) => s.id))],
        doors: doors.map((d) => d.key),
        key: formatRef(first.security.at),
      },
    });
  },
});
