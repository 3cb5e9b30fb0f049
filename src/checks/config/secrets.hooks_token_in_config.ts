import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'config.secrets.hooks_token_in_config',
  title: 'Webhook token is written in the config',
  why: 'Config files are backed up, synced and committed; the token goes with them.',
  remedy:
    'Refer to an environment variable HOOKS_TOKEN (a dollar sign and the name in braces) and set HOOKS_TOKEN where the gateway starts.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { plain: { severity: 'info', text: 'hooks.token holds the token itself.' } },
  *run({ hooks }, hit) {
    if (!hooks.enabled.known) return yield unknown(hooks.enabled);
    if (!hooks.enabled.value) return yield notApplicable('webhooks are off');
    const { token } = hooks;
    if (token.state === 'absent') return yield notApplicable('there is no token');
    if (token.state === 'unknown') return yield unknown({ known: false, at: token.at, reason: token.reason });
    if (token.state === 'value' && !token.byReference) yield hit('plain', { at: token });
  },
});
