import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'browser.extension_relay_legacy_auth',
  title: 'The browser extension may still sign in the old way',
  why: 'The old way sends the gateway secret itself to the relay, where other local programs may listen.',
  remedy: 'Update the extension, then run `openclaw config set browser.extensionRelay.allowLegacyAuth false`.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config', 'gateway'],
  appliesTo: { from: '2026.8.1' },
  variants: { allowed: { severity: 'warn', text: 'browser.extensionRelay.allowLegacyAuth is not false.' } },
  *run({ settings }, hit) {
    const enabled = settings.boolean(['browser', 'enabled'], true);
    if (!enabled.known) return yield unknown(enabled);
    if (!enabled.value) return yield notApplicable('browser control is off');
    const legacy = settings.boolean(['browser', 'extensionRelay', 'allowLegacyAuth'], true);
    if (!legacy.known) return yield unknown(legacy);
    if (legacy.value) yield hit('allowed', { at: legacy });
  },
});
