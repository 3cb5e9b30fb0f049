import { unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.tailscale_serve',
  title: 'Gateway is reachable from the whole tailnet',
  why: 'Every device and every person your tailnet lets in can reach it; with Tailscale identity on, they need no secret.',
  remedy:
    'Nothing to do if that is meant. Check who is in the tailnet, or restrict the node with a Tailscale access rule.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    on: { severity: 'info', text: 'gateway.tailscale.mode is "serve"; identity instead of a secret is {identity}.' },
  },
  *run({ gateway }, hit) {
    const mode = gateway.tailscaleMode;
    if (!mode.known) return yield unknown(mode);
    if (mode.value !== 'serve') return;
    const { allowTailscale } = gateway;
    const identity = allowTailscale.known ? (allowTailscale.value ? 'accepted' : 'not accepted') : 'not known';
    yield hit('on', { at: mode, also: [allowTailscale], args: { identity } });
  },
});
