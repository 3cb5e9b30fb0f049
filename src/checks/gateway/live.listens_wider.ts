import { unknown } from '../../core/check.ts';
import { isAuditedGateway, isOpenToAll, live, notSeen } from '../_families/live.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.live.listens_wider',
  title: 'The running gateway listens wider than its config says',
  why: 'The config keeps the gateway on this machine, so everything else was set up for that. What runs is open to other machines.',
  remedy:
    'Start it without `--bind` and without a published port (`openclaw gateway restart`), or set gateway.bind to what you want and audit again.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'gateway'],
  variants: {
    open: {
      severity: 'critical',
      text: 'gateway.bind is "{bind}", and port {port} listens on {addresses} ({holder}) and asks for no secret.',
    },
    wider: { severity: 'warn', text: 'gateway.bind is "{bind}", and port {port} listens on {addresses} ({holder}).' },
  },
  *run(model, hit) {
    const { bind, nonLoopback } = model.gateway;
    if (!isAuditedGateway(model))
      return yield notSeen({ reason: 'another gateway than that of the config was asked' }, bind.at);
    if (!nonLoopback.known) return yield unknown(nonLoopback);
    const listeners = live(model, 'listeners');
    if (!listeners.known) return yield notSeen(listeners, bind.at);
    if (nonLoopback.value) return;
    const wide = listeners.value.filter((l) => l.scope !== 'loopback');
    if (wide.length === 0) return;
    const process = live(model, 'process');
    yield hit(isOpenToAll(model) ? 'open' : 'wider', {
      at: bind,
      args: {
        bind: bind.value ?? 'loopback',
        port: wide[0]!.port,
        addresses: wide.map((l) => l.address),
        holder: process.known ? `process ${process.value.pid}, ${process.value.name}` : 'process not seen',
      },
    });
  },
});
