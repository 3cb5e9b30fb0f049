import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'hooks.request_session_key_prefixes_missing',
  title: 'Webhook senders may choose any session at all',
  why: 'Without a prefix list the main session is among them.',
  remedy: 'Run `openclaw config set hooks.allowedSessionKeyPrefixes \'["hook:"]\'`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    local: {
      severity: 'warn',
      text: 'hooks.allowRequestSessionKey is on and hooks.allowedSessionKeyPrefixes is empty.',
    },
    exposed: {
      severity: 'critical',
      text: 'hooks.allowRequestSessionKey is on and hooks.allowedSessionKeyPrefixes is empty, and other machines reach the gateway.',
    },
  },
  *run({ hooks, gateway }, hit) {
    const { enabled, allowRequestSessionKey, allowedSessionKeyPrefixes } = hooks;
    if (!enabled.known) return yield unknown(enabled);
    if (!enabled.value) return yield notApplicable('webhooks are off');
    if (!allowRequestSessionKey.known) return yield unknown(allowRequestSessionKey);
    if (!allowRequestSessionKey.value) return;
    if (!allowedSessionKeyPrefixes.known) return yield unknown(allowedSessionKeyPrefixes);
    if (allowedSessionKeyPrefixes.value && allowedSessionKeyPrefixes.value.length > 0) return;
    if (!gateway.exposed.known) return yield unknown(gateway.exposed);
    yield hit(gateway.exposed.value ? 'exposed' : 'local', {
      at: allowedSessionKeyPrefixes,
      also: [allowRequestSessionKey],
    });
  },
});
