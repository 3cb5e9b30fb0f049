import { notApplicable } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.http.session_key_override_enabled',
  title: 'HTTP callers may choose the session they speak in',
  why: 'Whoever holds the secret of the API can also read and steer the conversation of somebody else by naming its session.',
  remedy:
    'Give the API secret only to callers who may see every session, or switch the endpoints off, e.g. `openclaw config set gateway.http.endpoints.chatCompletions.enabled false`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { on: { severity: 'info', text: 'Enabled: {endpoints}. Requests may carry a session key.' } },
  *run({ gateway }, hit) {
    const compatible = gateway.httpEndpoints.filter((e) => e.path.startsWith('/v1/'));
    const first = compatible[0];
    if (!first) return yield notApplicable('no such endpoint is enabled');
    yield hit('on', { at: first, also: compatible.slice(1), args: { endpoints: compatible.map((e) => e.path) } });
  },
});
