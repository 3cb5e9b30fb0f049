import { unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.real_ip_fallback_enabled',
  title: 'Client addresses are taken from a header that anyone can set',
  why: 'With the X-Real-IP fallback a caller who reaches the gateway past the proxy can claim to be local and get local trust.',
  remedy: 'Run `openclaw config set gateway.allowRealIpFallback false` and let the proxy send X-Forwarded-For.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    local: { severity: 'warn', text: 'gateway.allowRealIpFallback is on; the gateway listens on this machine only.' },
    exposed: { severity: 'critical', text: 'gateway.allowRealIpFallback is on and {reason}.' },
  },
  *run({ gateway }, hit) {
    const { realIpFallback, nonLoopback, resolvedAuthMode, trustedProxies, bind } = gateway;
    if (!realIpFallback.known) return yield unknown(realIpFallback);
    if (!realIpFallback.value) return;
    if (!nonLoopback.known) return yield unknown(nonLoopback);
    if (nonLoopback.value)
      return yield hit('exposed', {
        at: realIpFallback,
        also: [bind],
        args: { reason: `gateway.bind is "${bind.value ?? 'custom'}"` },
      });
    if (!resolvedAuthMode.known) return yield unknown(resolvedAuthMode);
    if (resolvedAuthMode.value === 'trusted-proxy') {
      if (!trustedProxies.known) return yield unknown(trustedProxies);
      const wide = trustedProxies.value?.find((p) => !isThisMachineOnly(p));
      if (wide)
        return yield hit('exposed', {
          at: realIpFallback,
          also: [trustedProxies],
          args: { reason: `trusted proxy "${wide}" is more than this machine` },
        });
    }
    yield hit('local', { at: realIpFallback });
  },
});

/** Exactly 127.0.0.1 or ::1, bare or as a one-address range. */
function isThisMachineOnly(proxy: string): boolean {
  const [address, prefix] = proxy.trim().toLowerCase().split('/');
  if (address === '127.0.0.1') return prefix === undefined || Number.parseInt(prefix, 10) === 32;
  return address === '::1' && (prefix === undefined || Number.parseInt(prefix, 10) === 128);
}
