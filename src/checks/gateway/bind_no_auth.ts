import { unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.bind_no_auth',
  title: 'Gateway reachable from other machines without authentication',
  why: 'Whoever reaches the port gets the whole operator interface: chat as you, run tools, read sessions and files.',
  remedy:
    'Keep it on this machine with `openclaw config set gateway.bind loopback`, or set a shared secret of 24 or more random characters with `openclaw config set gateway.auth.token "$(openssl rand -hex 24)"`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: {
    open: {
      severity: 'critical',
      text: 'gateway.bind is "{bind}" and no shared secret is in force (auth mode {mode}).',
    },
  },
  *run({ gateway }, hit) {
    const { bind, nonLoopback, resolvedAuthMode, sharedSecret } = gateway;
    if (!nonLoopback.known) return yield unknown(nonLoopback);
    if (!nonLoopback.value) return;
    if (!resolvedAuthMode.known) return yield unknown(resolvedAuthMode);
    if (resolvedAuthMode.value === 'trusted-proxy') return;
    if (!sharedSecret.known) return yield unknown(sharedSecret);
    if (sharedSecret.value) return;
    yield hit('open', {
      at: bind,
      also: [gateway.authMode],
      args: { bind: bind.value ?? 'custom', mode: resolvedAuthMode.value },
      fixes: [
        {
          title: 'Listen on this machine only',
          safety: 'unsafe',
          ops: [{ op: 'set', key: ['gateway', 'bind'], value: 'loopback' }],
          sideEffect: 'Other machines no longer reach the gateway directly.',
        },
      ],
    });
  },
});
