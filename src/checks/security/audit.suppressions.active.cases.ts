import { cases } from '../../core/cases.ts';

const home = (list: string) => ({ version: '2026.9.6', config: `{ security: { audit: { suppressions: ${list} } } }` });

export default cases('security.audit.suppressions.active', {
  fail: [
    {
      name: 'one entry',
      ...home(`[{ checkId: 'gateway.tailscale_serve' }]`),
      expect: [{ variant: 'active', at: 'security.audit.suppressions' }],
    },
    {
      name: 'it cannot be suppressed',
      ...home(`[{ checkId: 'security.audit.suppressions.active' }]`),
      expect: [{ variant: 'active' }],
    },
  ],
  pass: [{ name: 'none', version: '2026.9.6', config: '{}' }],
  near: [{ name: 'an empty list', ...home('[]') }],
});
