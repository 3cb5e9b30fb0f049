import { notApplicable, unknown } from '../../core/check.ts';
import { isShortSecret } from '../../core/secret.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.password_too_short',
  title: 'Gateway password is short enough to guess',
  why: 'The password is all that stands between a network peer and your shell, and people choose words.',
  remedy:
    'Replace it by a random one of 24 or more characters: `openclaw config set gateway.auth.password "$(openssl rand -hex 24)"`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: { short: { severity: 'warn', text: 'The gateway password has {length} characters; 24 or more are safe.' } },
  *run({ gateway }, hit) {
    const { resolvedAuthMode, password } = gateway;
    if (!resolvedAuthMode.known) return yield unknown(resolvedAuthMode);
    if (resolvedAuthMode.value !== 'password') return yield notApplicable(`the auth mode is ${resolvedAuthMode.value}`);
    const { resolved, configured } = password;
    if (configured.state === 'reference' || configured.state === 'unresolved')
      return yield unknown({
        known: false,
        at: configured.at,
        reason: 'the value of the password is not known offline',
      });
    if (!resolved) return yield notApplicable('there is no password');
    if (resolved.secret.placeholder) return;
    if (isShortSecret(resolved.secret))
      yield hit('short', { at: resolved, args: { length: resolved.secret.lengthClass } });
  },
});
