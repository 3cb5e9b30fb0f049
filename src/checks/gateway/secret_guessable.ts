import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.secret_guessable',
  title: 'Gateway secret is easy to guess whatever its length',
  why: 'Attackers try repeated characters, sequences and common words first; length does not help against that.',
  remedy: 'Use random characters: `openclaw config set gateway.auth.{kind} "$(openssl rand -hex 24)"`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: { weak: { severity: 'warn', text: 'The gateway {kind} is {how}.' } },
  *run({ gateway }, hit) {
    const mode = gateway.resolvedAuthMode;
    if (!mode.known) return yield unknown(mode);
    if (mode.value !== 'token' && mode.value !== 'password')
      return yield notApplicable(`the auth mode is ${mode.value}`);
    const { resolved } = gateway[mode.value];
    if (!resolved) return yield notApplicable('there is no secret whose value is known');
    const { weakness, placeholder } = resolved.secret;
    if (weakness && !placeholder) yield hit('weak', { at: resolved, args: { kind: mode.value, how: HOW[weakness] } });
  },
});

const HOW = {
  'one-character': 'one character repeated',
  'few-characters': 'made of very few different characters',
  sequence: 'a sequence',
  'common-word': 'a common password',
};
