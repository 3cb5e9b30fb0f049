import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.password_placeholder_value',
  title: 'Gateway password is a placeholder, not a secret',
  why: 'A script wrote the word instead of a value, or an example was kept. It is the first thing anybody tries.',
  remedy:
    'Set a random value: `openclaw config set gateway.auth.password "$(openssl rand -hex 24)"`, and look at what wrote the old one.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: {
    word: { severity: 'critical', text: 'The gateway password in force is the word "{word}".' },
    example: {
      severity: 'critical',
      text: 'The gateway password in force is an example value from public documentation.',
    },
  },
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
    const placeholder = resolved?.secret.placeholder;
    if (!resolved || !placeholder) return;
    if (placeholder === 'example') yield hit('example', { at: resolved });
    else yield hit('word', { at: resolved, args: { word: placeholder } });
  },
});
