import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.trusted_proxies_missing',
  title: 'No trusted proxies are named for the control UI',
  why: 'Behind a reverse proxy every visitor looks like a local one, so what is meant for this machine alone is open to all of them. Without a proxy this is only a reminder.',
  remedy:
    'If a reverse proxy stands in front, name it: `openclaw config set gateway.trustedProxies \'["127.0.0.1"]\'`. If the control UI is not used, switch it off: `openclaw config set gateway.controlUi.enabled false`.',
  since: '0.1.0',
  confidence: 'low',
  needs: ['config'],
  variants: {
    missing: {
      severity: 'warn',
      text: 'The control UI is on, the gateway listens on loopback, and gateway.trustedProxies is empty.',
    },
  },
  *run({ gateway }, hit) {
    const { bind, controlUiEnabled, trustedProxies } = gateway;
    if (!bind.known) return yield unknown(bind);
    if (bind.value !== 'loopback') return yield notApplicable('the gateway does not listen on loopback only');
    if (!controlUiEnabled.known) return yield unknown(controlUiEnabled);
    if (!controlUiEnabled.value) return yield notApplicable('the control UI is off');
    if (!trustedProxies.known) return yield unknown(trustedProxies);
    if (trustedProxies.value && trustedProxies.value.length > 0) return;
    yield hit('missing', { at: trustedProxies });
  },
});
