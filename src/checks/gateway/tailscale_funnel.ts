import { unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.tailscale_funnel',
  title: 'Gateway is published on the internet through Tailscale Funnel',
  why: 'Anybody on the internet can talk to the gateway; only its secret stands between them and your tools.',
  remedy:
    'Keep it inside your tailnet with `openclaw config set gateway.tailscale.mode serve`, or switch it off with `openclaw config set gateway.tailscale.mode off`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { on: { severity: 'critical', text: 'gateway.tailscale.mode is "funnel".' } },
  *run({ gateway }, hit) {
    const mode = gateway.tailscaleMode;
    if (!mode.known) return yield unknown(mode);
    if (mode.value !== 'funnel') return;
    yield hit('on', {
      at: mode,
      fixes: [
        {
          title: 'Serve inside the tailnet only',
          safety: 'unsafe',
          ops: [{ op: 'set', key: ['gateway', 'tailscale', 'mode'], value: 'serve' }],
          sideEffect: 'Clients outside the tailnet no longer reach the gateway.',
        },
      ],
    });
  },
});
