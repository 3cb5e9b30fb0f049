import { notApplicable, unknown } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'hooks.token_reuse_gateway_token',
  title: 'Webhook senders hold the secret of the operator',
  why: 'The token is copied into other services; each of them, and whoever reads their settings, can act as you on the gateway.',
  remedy:
    'Give webhooks a token of their own: `openclaw config set hooks.token "$(openssl rand -hex 24)"`, and in every sender.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: {
    same: { severity: 'critical', text: 'hooks.token is the same value as the gateway {kind} ({place}).' },
  },
  *run({ hooks, gateway, target }, hit) {
    const { enabled, token } = hooks;
    if (!enabled.known) return yield unknown(enabled);
    if (!enabled.value) return yield notApplicable('webhooks are off');
    if (token.state === 'absent') return yield notApplicable('there is no token');
    if (token.state !== 'value')
      return yield unknown({ known: false, at: token.at, reason: 'the value of the token is not known offline' });
    const { resolvedAuthMode } = gateway;
    if (!resolvedAuthMode.known) return yield unknown(resolvedAuthMode);
    const mode = resolvedAuthMode.value;
    const active = mode === 'token' ? gateway.token.resolved : mode === 'none' ? undefined : gateway.password.resolved;
    // 2026.3.7 also accepts the environment's token in the other modes.
    const spare = target.secondEra || mode === 'token' ? undefined : gateway.token.env;
    for (const [kind, secret] of [
      [mode === 'token' ? 'token' : 'password', active],
      ['token', spare],
    ] as const) {
      if (!secret || secret.secret.fingerprint !== token.secret.fingerprint) continue;
      return yield hit('same', { at: token, also: [secret.at], args: { kind, place: formatRef(secret.at) } });
    }
  },
});
