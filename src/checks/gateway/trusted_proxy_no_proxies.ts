import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.trusted_proxy_no_proxies',
  title: 'Trusted proxy mode names no proxy',
  why: 'Requests from any address may then carry the user header, or the gateway refuses all of them; neither is what you meant.',
  remedy: 'Name the proxy: `openclaw config set gateway.trustedProxies \'["10.0.0.5"]\'`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    missing: {
      severity: 'critical',
      text: 'gateway.auth.mode is "trusted-proxy" and gateway.trustedProxies is empty.',
    },
  },
  *run({ gateway }, hit) {
    const mode = gateway.resolvedAuthMode;
    if (!mode.known) return yield unknown(mode);
    if (mode.value !== 'trusted-proxy') return yield notApplicable(`the auth mode is ${mode.value}`);
    const { trustedProxies } = gateway;
    if (!trustedProxies.known) return yield unknown(trustedProxies);
    if (trustedProxies.value && trustedProxies.value.length > 0) return;
    yield hit('missing', { at: trustedProxies, also: [mode] });
  },
});
