import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.loopback_no_auth',
  title: 'Control UI on this machine answers without a secret',
  why: 'Every program and every web page on this machine that reaches the port can act as the operator; a reverse proxy in front of it makes that everybody.',
  remedy:
    'Set a shared secret: `openclaw config set gateway.auth.token "$(openssl rand -hex 24)"`, then restart the gateway.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: {
    open: {
      severity: 'critical',
      text: 'The gateway listens on loopback with auth mode {mode}, and no secret is in force for it.',
    },
  },
  *run({ gateway, target }, hit) {
    const { bind, controlUiEnabled, resolvedAuthMode, loopbackAuth, mode } = gateway;
    if (!bind.known) return yield unknown(bind);
    if (bind.value !== 'loopback') return yield notApplicable('the gateway does not listen on loopback only');
    if (!controlUiEnabled.known) return yield unknown(controlUiEnabled);
    if (!controlUiEnabled.value) return yield notApplicable('the control UI is off');
    if (mode.known && mode.value === 'remote')
      return yield notApplicable('this machine is a client of a remote gateway');
    if (!resolvedAuthMode.known) return yield unknown(resolvedAuthMode);
    if (target.secondEra && resolvedAuthMode.value === 'trusted-proxy') return;
    if (!loopbackAuth.known) return yield unknown(loopbackAuth);
    if (loopbackAuth.value) return;
    yield hit('open', {
      at: gateway.authMode.known && gateway.authMode.set ? gateway.authMode : gateway.token.configured,
      args: { mode: resolvedAuthMode.value },
    });
  },
});
