import { notApplicable, unknown } from '../../core/check.ts';
import { isShortSecret } from '../../core/secret.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'hooks.token_too_short',
  title: 'Webhook token is short enough to guess',
  why: 'Who guesses it can start an agent with any text, from wherever the gateway can be reached.',
  remedy:
    'Replace it by a random one: `openclaw config set hooks.token "$(openssl rand -hex 24)"`, and in every sender.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: { short: { severity: 'warn', text: 'hooks.token has {length} characters; 24 or more are safe.' } },
  *run({ hooks }, hit) {
    const { enabled, token } = hooks;
    if (!enabled.known) return yield unknown(enabled);
    if (!enabled.value) return yield notApplicable('webhooks are off');
    if (token.state === 'absent') return yield notApplicable('there is no token');
    if (token.state !== 'value')
      return yield unknown({ known: false, at: token.at, reason: 'the value of the token is not known offline' });
    if (isShortSecret(token.secret)) yield hit('short', { at: token, args: { length: token.secret.lengthClass } });
  },
});
