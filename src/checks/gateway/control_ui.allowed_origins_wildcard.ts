import { notApplicable, unknown } from '../../core/check.ts';
import { keyRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.control_ui.allowed_origins_wildcard',
  title: 'Control UI accepts every web origin',
  why: 'A page you happen to visit may open a connection to the gateway from your own browser.',
  remedy:
    'Replace "*" by the addresses you use: `openclaw config set gateway.controlUi.allowedOrigins \'["https://claw.example.net"]\'`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    local: {
      severity: 'warn',
      text: 'gateway.controlUi.allowedOrigins holds "*"; the gateway listens on this machine only.',
    },
    exposed: { severity: 'critical', text: 'gateway.controlUi.allowedOrigins holds "*" and gateway.bind is "{bind}".' },
  },
  *run({ gateway, settings }, hit) {
    const { allowedOrigins } = gateway.controlUi;
    if (!allowedOrigins.known) return yield unknown(allowedOrigins);
    if (!allowedOrigins.value) return yield notApplicable('no origins are named');
    if (!allowedOrigins.value.includes('*')) return;
    const { bind, nonLoopback } = gateway;
    if (!nonLoopback.known) return yield unknown(nonLoopback);
    const list = settings.value('gateway', 'controlUi', 'allowedOrigins');
    const index =
      list?.kind === 'array' ? list.items.findIndex((v) => v.kind === 'string' && v.value.trim() === '*') : -1;
    const at = index < 0 ? allowedOrigins.at : keyRef('gateway', 'controlUi', 'allowedOrigins', index);
    yield hit(nonLoopback.value ? 'exposed' : 'local', { at, also: [bind], args: { bind: bind.value ?? 'custom' } });
  },
});
