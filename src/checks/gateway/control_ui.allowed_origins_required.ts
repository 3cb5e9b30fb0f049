import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.control_ui.allowed_origins_required',
  title: 'Control UI is reachable from other machines without an origin list',
  why: 'The gateway cannot tell its own page from a hostile one; OpenClaw refuses to serve such a UI, so it is either broken or about to be opened by a shortcut.',
  remedy:
    'Name the address you open it at: `openclaw config set gateway.controlUi.allowedOrigins \'["https://claw.example.net"]\'`, or switch the UI off with `openclaw config set gateway.controlUi.enabled false`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    missing: {
      severity: 'critical',
      text: 'gateway.bind is "{bind}", the control UI is on, and gateway.controlUi.allowedOrigins is empty.',
    },
  },
  *run({ gateway }, hit) {
    const { bind, nonLoopback, controlUiEnabled, controlUi } = gateway;
    if (!nonLoopback.known) return yield unknown(nonLoopback);
    if (!nonLoopback.value) return yield notApplicable('only this machine reaches the gateway directly');
    if (!controlUiEnabled.known) return yield unknown(controlUiEnabled);
    if (!controlUiEnabled.value) return yield notApplicable('the control UI is off');
    const { allowedOrigins, hostHeaderFallback } = controlUi;
    if (!allowedOrigins.known) return yield unknown(allowedOrigins);
    if (allowedOrigins.value && allowedOrigins.value.length > 0) return;
    if (!hostHeaderFallback.known) return yield unknown(hostHeaderFallback);
    // The fallback is a worse hole with a finding of its own.
    if (hostHeaderFallback.value) return;
    yield hit('missing', { at: allowedOrigins, also: [bind], args: { bind: bind.value ?? 'custom' } });
  },
});
