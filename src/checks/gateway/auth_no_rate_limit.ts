import { notApplicable, unknown } from '../../core/check.ts';
import { keyRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.auth_no_rate_limit',
  title: 'Nothing slows down guessing of the gateway secret',
  why: 'Other machines reach the port and may try secrets as fast as the gateway answers.',
  remedy:
    'Set a limit: `openclaw config set gateway.auth.rateLimit \'{"maxAttempts":10,"windowMs":60000,"lockoutMs":300000}\'`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { missing: { severity: 'warn', text: 'gateway.bind is "{bind}" and gateway.auth.rateLimit is not set.' } },
  *run({ gateway, settings }, hit) {
    const { bind, nonLoopback, resolvedAuthMode } = gateway;
    if (!nonLoopback.known) return yield unknown(nonLoopback);
    if (!nonLoopback.value) return yield notApplicable('only this machine reaches the gateway directly');
    if (!resolvedAuthMode.known) return yield unknown(resolvedAuthMode);
    if (resolvedAuthMode.value === 'trusted-proxy') return yield notApplicable('the reverse proxy authenticates');
    const path = ['gateway', 'auth', 'rateLimit'] as const;
    if (settings.has(...path)) return;
    const gap = settings.gapAt(path);
    if (gap) return yield unknown({ known: false, reason: gap, at: keyRef(...path) });
    yield hit('missing', {
      at: keyRef(...path),
      also: [bind],
      args: { bind: bind.value ?? 'custom' },
      fixes: [
        {
          title: 'Limit attempts',
          safety: 'unsafe',
          ops: [{ op: 'set', key: path, value: { maxAttempts: 10, windowMs: 60000, lockoutMs: 300000 } }],
          sideEffect: 'A client that fails ten times in a minute is locked out for five.',
        },
      ],
    });
  },
});
