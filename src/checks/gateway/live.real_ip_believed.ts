import { keyRef } from '../../core/ref.ts';
import { live, notSeen } from '../_families/live.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.live.real_ip_believed',
  title: 'The running gateway believes a client that says it is local',
  why: 'A request that names 127.0.0.1 in X-Real-IP is taken for a local one, and local requests skip pairing and limits. Behind a proxy that passes the header on, everybody is local.',
  remedy:
    'Set gateway.allowRealIpFallback to false and run `openclaw gateway restart`; let the proxy overwrite X-Forwarded-For and X-Real-IP.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'gateway'],
  variants: {
    exposed: {
      severity: 'critical',
      text: 'A spoofed X-Real-IP header makes a request local, and other machines reach this gateway.',
    },
    believed: { severity: 'warn', text: 'A spoofed X-Real-IP header makes a request local.' },
  },
  *run(model, hit) {
    const believed = live(model, 'realIpBelieved');
    const at = keyRef('gateway', 'allowRealIpFallback');
    if (!believed.known) return yield notSeen(believed, at);
    const { exposed } = model.gateway;
    if (believed.value) yield hit(exposed.known && exposed.value ? 'exposed' : 'believed', { at });
  },
});
