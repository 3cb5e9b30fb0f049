import { cases } from '../../core/cases.ts';

export default cases('security.trust_model.group_scope_main', {
  fail: [
    {
      name: 'for all',
      version: '2026.9.6',
      config: `{ session: { groupScope: 'main' } }`,
      expect: [{ variant: 'main', at: 'session.groupScope' }],
    },
    {
      name: 'of a binding',
      version: '2026.9.6',
      config: `{ bindings: [{ agentId: 'a', match: { channel: 'slack' }, session: { groupScope: 'main' } }] }`,
      expect: [{ variant: 'main', at: 'bindings[0].session.groupScope' }],
    },
  ],
  pass: [{ name: 'per group is the default', version: '2026.9.6', config: '{}' }],
  near: [
    { name: 'written', version: '2026.9.6', config: `{ session: { groupScope: 'per-group' } }` },
    {
      name: 'a binding for direct messages',
      version: '2026.9.6',
      config: `{ bindings: [{ match: { peer: { kind: 'direct' } }, session: { groupScope: 'main' } }] }`,
    },
  ],
  unknown: [{ name: 'unset variable', version: '2026.9.6', config: "{ session: { groupScope: '${S}' } }" }],
});
