import { notApplicable, unknown } from '../../core/check.ts';
import { isShortSecret } from '../../core/secret.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.token_too_short',
  title: 'Gateway token is short enough to guess',
  why: 'The token is all that stands between a network peer and your shell; short ones fall to guessing, and the gateway is asked as fast as it answers.',
  remedy:
    'Replace it by a random one: `openclaw config set gateway.auth.token "$(openssl rand -hex 24)"`, restart the gateway and pair the clients again.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: {
    short: { severity: 'warn', text: 'The gateway token has {length} characters; 24 or more are safe.' },
  },
  *run({ gateway, target }, hit) {
    const { resolvedAuthMode, token } = gateway;
    if (!resolvedAuthMode.known) return yield unknown(resolvedAuthMode);
    if (resolvedAuthMode.value !== 'token') return yield notApplicable(`the auth mode is ${resolvedAuthMode.value}`);
    const { resolved, configured } = token;
    if (configured.state === 'reference' || configured.state === 'unresolved')
      return yield unknown({ known: false, at: configured.at, reason: 'the value of the token is not known offline' });
    if (!resolved) return yield notApplicable('there is no token');
    // Placeholder values have a finding of their own where OpenClaw knows it.
    if (target.secondEra && resolved.secret.placeholder) return;
    if (isShortSecret(resolved.secret))
      yield hit('short', { at: resolved, args: { length: resolved.secret.lengthClass } });
  },
});
