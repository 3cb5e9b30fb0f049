import { notApplicable, unknown } from '../../core/check.ts';
import { anyOf } from '../../core/fact.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'browser.control_no_auth',
  title: 'Browser control is on and the gateway has no secret',
  why: 'Whoever reaches the control port steers a browser that is signed in to your accounts.',
  remedy:
    'Set a secret: `openclaw config set gateway.auth.token "$(openssl rand -hex 24)"`, or run `openclaw config set browser.enabled false`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: {
    open: {
      severity: 'critical',
      text: 'browser.enabled is not false, and neither a token nor a password is set for the gateway.',
    },
  },
  *run({ gateway, settings, browser, target }, hit) {
    const enabled = settings.boolean(['browser', 'enabled'], true);
    if (!enabled.known) return yield unknown(enabled);
    if (!enabled.value) return yield notApplicable('browser control is off');
    if (browser.invalid) return yield notApplicable('browser control cannot start');
    // Seen with 2026.9.6: it makes a credential for its control server; `gateway.live.browser_open` looks at the port.
    if (target.secondEra) return yield notApplicable('this version makes a secret of its own for browser control');
    const secret = anyOf(gateway.tokenPresent, gateway.passwordPresent);
    if (!secret.known) return yield unknown(secret);
    if (!secret.value) yield hit('open', { at: enabled, also: [gateway.token.configured] });
  },
});
