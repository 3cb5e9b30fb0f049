import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.trusted_proxy_allow_loopback',
  title: 'Trusted proxy mode also trusts this machine',
  why: 'Any local program can then send the user header and be whoever it likes.',
  remedy:
    'Run `openclaw config set gateway.auth.trustedProxy.allowLoopback false` unless the proxy runs on this machine.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { on: { severity: 'warn', text: 'gateway.auth.trustedProxy.allowLoopback is on.' } },
  *run({ gateway }, hit) {
    const mode = gateway.resolvedAuthMode;
    if (!mode.known) return yield unknown(mode);
    if (mode.value !== 'trusted-proxy') return yield notApplicable(`the auth mode is ${mode.value}`);
    const { allowLoopback } = gateway.trustedProxy;
    if (!allowLoopback.known) return yield unknown(allowLoopback);
    if (allowLoopback.value) yield hit('on', { at: allowLoopback });
  },
});
