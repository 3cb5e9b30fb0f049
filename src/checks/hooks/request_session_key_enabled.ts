import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'hooks.request_session_key_enabled',
  title: 'Webhook senders may choose the session they speak in',
  why: 'A sender can write into, and read the answers of, a conversation that is not theirs.',
  remedy:
    'Run `openclaw config set hooks.allowRequestSessionKey false`, or keep it and limit the keys with hooks.allowedSessionKeyPrefixes.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    local: { severity: 'warn', text: 'hooks.allowRequestSessionKey is on.' },
    exposed: {
      severity: 'critical',
      text: 'hooks.allowRequestSessionKey is on, and other machines reach the gateway.',
    },
  },
  *run({ hooks, gateway }, hit) {
    const { enabled, allowRequestSessionKey } = hooks;
    if (!enabled.known) return yield unknown(enabled);
    if (!enabled.value) return yield notApplicable('webhooks are off');
    if (!allowRequestSessionKey.known) return yield unknown(allowRequestSessionKey);
    if (!allowRequestSessionKey.value) return;
    if (!gateway.exposed.known) return yield unknown(gateway.exposed);
    yield hit(gateway.exposed.value ? 'exposed' : 'local', { at: allowRequestSessionKey, also: [gateway.bind] });
  },
});
