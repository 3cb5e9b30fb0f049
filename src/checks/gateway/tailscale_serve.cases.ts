import { cases } from '../../core/cases.ts';

export default cases('gateway.tailscale_serve', {
  fail: [
    {
      name: 'serve',
      config: `{ gateway: { tailscale: { mode: 'serve' } } }`,
      expect: [{ variant: 'on', at: 'gateway.tailscale.mode' }],
    },
  ],
  pass: [{ name: 'off is the default', config: '{}' }],
  near: [{ name: 'funnel is another finding', config: `{ gateway: { tailscale: { mode: 'funnel' } } }` }],
  unknown: [{ name: 'an unset variable', config: "{ gateway: { tailscale: { mode: '${TS}' } } }" }],
});
