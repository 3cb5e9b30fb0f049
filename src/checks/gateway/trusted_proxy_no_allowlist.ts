import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.trusted_proxy_no_allowlist',
  title: 'Everybody whom the proxy signs in is the operator',
  why: 'The proxy may let in a whole company; each of them gets your tools.',
  remedy: 'List the people: `openclaw config set gateway.auth.trustedProxy.allowUsers \'["you@example.com"]\'`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    missing: {
      severity: 'warn',
      text: 'gateway.auth.mode is "trusted-proxy" and gateway.auth.trustedProxy.allowUsers is empty.',
    },
  },
  *run({ gateway }, hit) {
    const mode = gateway.resolvedAuthMode;
    if (!mode.known) return yield unknown(mode);
    if (mode.value !== 'trusted-proxy') return yield notApplicable(`the auth mode is ${mode.value}`);
    const { allowUsers } = gateway.trustedProxy;
    if (!allowUsers.known) return yield unknown(allowUsers);
    if (allowUsers.value && allowUsers.value.length > 0) return;
    yield hit('missing', { at: allowUsers, also: [mode] });
  },
});
