import { unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.control_ui.host_header_origin_fallback',
  title: 'Control UI trusts the Host header as its origin',
  why: 'An attacker who makes a browser ask for the gateway under another name (DNS rebinding) passes the origin check.',
  remedy:
    'Run `openclaw config set gateway.controlUi.dangerouslyAllowHostHeaderOriginFallback false` and name the real address in gateway.controlUi.allowedOrigins.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    local: {
      severity: 'warn',
      text: 'gateway.controlUi.dangerouslyAllowHostHeaderOriginFallback is on; the gateway listens on this machine only.',
    },
    exposed: {
      severity: 'critical',
      text: 'gateway.controlUi.dangerouslyAllowHostHeaderOriginFallback is on and gateway.bind is "{bind}".',
    },
  },
  *run({ gateway }, hit) {
    const { hostHeaderFallback } = gateway.controlUi;
    if (!hostHeaderFallback.known) return yield unknown(hostHeaderFallback);
    if (!hostHeaderFallback.value) return;
    const { bind, nonLoopback } = gateway;
    if (!nonLoopback.known) return yield unknown(nonLoopback);
    yield hit(nonLoopback.value ? 'exposed' : 'local', {
      at: hostHeaderFallback,
      also: [bind],
      args: { bind: bind.value ?? 'custom' },
      fixes: [
        {
          title: 'Check the origin again',
          safety: 'unsafe',
          ops: [{ op: 'set', key: ['gateway', 'controlUi', 'dangerouslyAllowHostHeaderOriginFallback'], value: false }],
          sideEffect: 'The control UI opens only under the names in gateway.controlUi.allowedOrigins.',
        },
      ],
    });
  },
});
