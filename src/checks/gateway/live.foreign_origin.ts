import { keyRef } from '../../core/ref.ts';
import { isOpenToAll, live, notSeen } from '../_families/live.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.live.foreign_origin',
  title: 'The running gateway accepts web pages of foreign sites',
  why: 'The Origin check keeps a web page that you happen to visit from talking to your gateway. Where it lets any site pass, a stolen or guessed secret can be used from every browser that reaches the port.',
  remedy:
    'List your own addresses in gateway.controlUi.allowedOrigins instead of "*", switch dangerouslyAllowHostHeaderOriginFallback off, then `openclaw gateway restart`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'gateway'],
  variants: {
    open: {
      severity: 'critical',
      text: 'A client with the Origin of a foreign site passes the Origin check, and the gateway asks for no secret: any web page you visit can use it.',
      remedy:
        'Set gateway.auth.mode to "token" with a token, list your own addresses in gateway.controlUi.allowedOrigins, then `openclaw gateway restart`.',
    },
    direct: { severity: 'warn', text: 'A client with the Origin of a foreign site passes the Origin check.' },
    forwarded: {
      severity: 'warn',
      text: 'A client with the Origin of a foreign site passes the Origin check when the request looks forwarded, and a proxy stands in front of this gateway.',
      remedy:
        'Update OpenClaw (2026.9.6 refuses such requests), or let the proxy refuse requests with a foreign Origin.',
    },
    'forwarded-direct': {
      severity: 'info',
      text: 'A client with the Origin of a foreign site passes the Origin check when the request looks forwarded. A browser cannot make it look so; a proxy in front would.',
      remedy: 'Update OpenClaw (2026.9.6 refuses such requests) before a proxy is put in front.',
    },
  },
  *run(model, hit) {
    const direct = live(model, 'foreignOrigin');
    const forwarded = live(model, 'foreignOriginForwarded');
    const { trustedProxies, tailscaleMode } = model.gateway;
    const at = keyRef('gateway', 'controlUi', 'allowedOrigins');
    if (direct.known && direct.value) return yield hit(isOpenToAll(model) ? 'open' : 'direct', { at });
    if (forwarded.known && forwarded.value) {
      const behind = (trustedProxies.value?.length ?? 0) > 0 || ['serve', 'funnel'].includes(tailscaleMode.value ?? '');
      yield hit(behind ? 'forwarded' : 'forwarded-direct', { at: behind ? trustedProxies : at });
    }
    for (const fact of [direct, forwarded]) if (!fact.known) return yield notSeen(fact, at);
  },
});
