import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.trusted_proxy_device_auto_approve',
  title: 'Devices that come through the proxy are approved unseen',
  why: 'A stolen proxy session becomes a paired device that outlives it.',
  remedy:
    'Run `openclaw config set gateway.auth.trustedProxy.deviceAutoApprove.enabled false` and approve devices with `openclaw devices approve`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { on: { severity: 'warn', text: 'gateway.auth.trustedProxy.deviceAutoApprove.enabled is on.' } },
  *run({ gateway }, hit) {
    const mode = gateway.resolvedAuthMode;
    if (!mode.known) return yield unknown(mode);
    if (mode.value !== 'trusted-proxy') return yield notApplicable(`the auth mode is ${mode.value}`);
    const { autoApprove } = gateway.trustedProxy;
    if (!autoApprove.known) return yield unknown(autoApprove);
    if (autoApprove.value) yield hit('on', { at: autoApprove });
  },
});
