import { unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.control_ui.insecure_auth',
  title: 'Control UI accepts sign-in without a secure context',
  why: 'Over plain HTTP the browser cannot keep a device key, so the shared secret alone counts and travels readable on the network.',
  remedy:
    'Run `openclaw config set gateway.controlUi.allowInsecureAuth false` and open the UI over HTTPS or on this machine.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  appliesTo: { before: '2026.8.1' },
  variants: { on: { severity: 'warn', text: 'gateway.controlUi.allowInsecureAuth is on.' } },
  *run({ gateway }, hit) {
    const { insecureAuth } = gateway.controlUi;
    if (!insecureAuth.known) return yield unknown(insecureAuth);
    if (insecureAuth.value) yield hit('on', { at: insecureAuth });
  },
});
