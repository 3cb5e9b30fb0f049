import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.trusted_proxy_auth',
  title: 'A reverse proxy alone decides who is the operator',
  why: 'Whoever reaches the gateway past the proxy, or makes the proxy pass on a forged header, is the operator without any secret.',
  remedy:
    'Confirm three things: only the proxy reaches the port (firewall), the proxy overwrites the user header, and gateway.trustedProxies names its exact address. Then record the decision as a suppression with a reason.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config'],
  variants: {
    on: { severity: 'critical', text: 'gateway.auth.mode is "trusted-proxy"; gateway.trustedProxies holds {proxies}.' },
  },
  *run({ gateway }, hit) {
    const { resolvedAuthMode, trustedProxies } = gateway;
    if (!resolvedAuthMode.known) return yield unknown(resolvedAuthMode);
    if (resolvedAuthMode.value !== 'trusted-proxy')
      return yield notApplicable(`the auth mode is ${resolvedAuthMode.value}`);
    yield hit('on', { at: resolvedAuthMode, also: [trustedProxies], args: { proxies: trustedProxies.value ?? [] } });
  },
});
