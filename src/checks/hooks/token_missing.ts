import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'hooks.token_missing',
  title: 'Webhooks are on without a token',
  why: 'Either every request is refused and the hooks do not work, or a version that does not insist starts agents for anybody.',
  remedy:
    'Set one: `openclaw config set hooks.token "$(openssl rand -hex 24)"`, or `openclaw config set hooks.enabled false`.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config'],
  variants: { missing: { severity: 'warn', text: 'hooks.enabled is on and hooks.token is not set.' } },
  *run({ hooks }, hit) {
    const { enabled, token } = hooks;
    if (!enabled.known) return yield unknown(enabled);
    if (!enabled.value) return yield notApplicable('webhooks are off');
    if (token.state === 'unknown') return yield unknown({ known: false, at: token.at, reason: token.reason });
    if (token.state === 'absent') yield hit('missing', { at: token, also: [enabled] });
  },
});
