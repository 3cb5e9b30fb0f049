import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.http.no_auth',
  title: 'HTTP endpoints of the gateway need no secret',
  why: 'A plain web request can invoke tools; from this machine that includes every web page that gets a program or a rebinding trick to send it.',
  remedy:
    'Run `openclaw config set gateway.auth.mode token` and `openclaw config set gateway.auth.token "$(openssl rand -hex 24)"`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: {
    local: {
      severity: 'warn',
      text: 'Auth mode {mode} without a usable secret leaves {endpoints} open on this machine.',
    },
    exposed: {
      severity: 'critical',
      text: 'Auth mode {mode} without a usable secret leaves {endpoints} open to other machines.',
    },
  },
  *run({ gateway, target }, hit) {
    const { resolvedAuthMode, exposed, httpEndpoints, sharedSecret, tailscaleMode, loopbackAuth } = gateway;
    if (!resolvedAuthMode.known) return yield unknown(resolvedAuthMode);
    const mode = resolvedAuthMode.value;
    if (mode === 'trusted-proxy') return yield notApplicable('the reverse proxy authenticates');
    if (mode !== 'none') {
      // 2026.3.7 answers nobody without a secret in the other modes; 2026.9.6 counts a missing secret as no auth.
      if (!target.secondEra) return;
      if (!sharedSecret.known) return yield unknown(sharedSecret);
      if (sharedSecret.value) return;
      if (tailscaleMode.value === 'serve' && loopbackAuth.value) return;
    }
    if (!exposed.known) return yield unknown(exposed);
    yield hit(exposed.value ? 'exposed' : 'local', {
      at: gateway.authMode.known && gateway.authMode.set ? gateway.authMode : gateway.token.configured,
      also: httpEndpoints,
      args: { mode, endpoints: ['/tools/invoke', ...httpEndpoints.map((e) => e.path)] },
    });
  },
});
