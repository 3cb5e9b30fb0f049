import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.trusted_proxy_no_user_header',
  title: 'Trusted proxy mode names no user header',
  why: 'The gateway cannot know who was signed in, so everybody the proxy lets through is the operator.',
  remedy:
    'Name the header your proxy sets: `openclaw config set gateway.auth.trustedProxy.userHeader x-forwarded-user`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    missing: {
      severity: 'critical',
      text: 'gateway.auth.mode is "trusted-proxy" and gateway.auth.trustedProxy.userHeader is not set.',
    },
  },
  *run({ gateway }, hit) {
    const mode = gateway.resolvedAuthMode;
    if (!mode.known) return yield unknown(mode);
    if (mode.value !== 'trusted-proxy') return yield notApplicable(`the auth mode is ${mode.value}`);
    const { userHeader } = gateway.trustedProxy;
    if (!userHeader.known) return yield unknown(userHeader);
    if (userHeader.value?.trim()) return;
    yield hit('missing', { at: userHeader, also: [mode] });
  },
});
