import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.trusted_proxy_device_auto_approve_admin',
  title: 'Devices from the proxy are approved unseen as administrators',
  why: 'One stolen proxy session becomes a lasting device that may change the config, approve others and run commands.',
  remedy:
    'Take operator.admin out of gateway.auth.trustedProxy.deviceAutoApprove.scopes, and list what was approved with `openclaw devices list`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    admin: {
      severity: 'critical',
      text: 'gateway.auth.trustedProxy.deviceAutoApprove is on with the scope operator.admin.',
    },
  },
  *run({ gateway }, hit) {
    const mode = gateway.resolvedAuthMode;
    if (!mode.known) return yield unknown(mode);
    if (mode.value !== 'trusted-proxy') return yield notApplicable(`the auth mode is ${mode.value}`);
    const { autoApprove, autoApproveScopes } = gateway.trustedProxy;
    if (!autoApprove.known) return yield unknown(autoApprove);
    if (!autoApprove.value) return;
    if (!autoApproveScopes.known) return yield unknown(autoApproveScopes);
    if (autoApproveScopes.value?.includes('operator.admin'))
      yield hit('admin', { at: autoApproveScopes, also: [autoApprove] });
  },
});
