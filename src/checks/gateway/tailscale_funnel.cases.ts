import { cases } from '../../core/cases.ts';

export default cases('gateway.tailscale_funnel', {
  fail: [
    {
      name: 'funnel',
      config: `{ gateway: { tailscale: { mode: 'funnel' } } }`,
      after: `{ gateway: { tailscale: { mode: 'serve' } } }`,
      expect: [{ variant: 'on', at: 'gateway.tailscale.mode' }],
    },
  ],
  pass: [{ name: 'off is the default', config: '{}' }],
  near: [{ name: 'serve stays inside the tailnet', config: `{ gateway: { tailscale: { mode: 'serve' } } }` }],
  unknown: [{ name: 'an unset variable', config: "{ gateway: { tailscale: { mode: '${TS}' } } }" }],
});
