import { cases } from '../../core/cases.ts';

const V = '2026.3.7';
const many = Array.from({ length: 25 }, (_, i) => `k${i}: 1`).join(', ');

export default cases('config.schema_invalid', {
  fail: [
    {
      name: 'a misspelt key',
      version: V,
      config: `{ gateway: { bnid: 'lan' } }`,
      expect: [{ variant: 'unknownKey', at: 'gateway.bnid' }],
    },
    {
      name: 'an address where a mode belongs',
      version: V,
      config: `{ gateway: { bind: '0.0.0.0' } }`,
      expect: [{ variant: 'value', at: 'gateway.bind' }],
    },
    {
      name: 'a key that moved',
      version: '2026.9.6',
      config: `{ gateway: { nodes: { denyCommands: [] } } }`,
      expect: [{ variant: 'movedKey', at: 'gateway.nodes.denyCommands' }],
    },
    {
      name: 'a missing part',
      version: V,
      config: `{ bindings: [{ agentId: 'a' }] }`,
      expect: [{ variant: 'missing', at: 'bindings[0].match' }],
    },
    {
      name: 'two settings that do not go together',
      version: V,
      config: `{ tools: { allow: ['read'], alsoAllow: ['exec'] } }`,
      expect: [{ variant: 'rule' }],
    },
    {
      name: 'more than can be read',
      version: V,
      config: `{ gateway: { ${many} } }`,
      expect: [...Array.from({ length: 20 }, () => ({ variant: 'unknownKey' })), { variant: 'more' }] as unknown as [
        { variant: string },
      ],
    },
  ],
  pass: [
    {
      name: 'an accepted config',
      version: V,
      config: `{ gateway: { bind: 'lan', auth: { token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
    },
  ],
  near: [
    { name: 'a channel that a plugin may bring', version: V, config: `{ gateway: { port: 18789 } }` },
    { name: 'a variable whose value is not known', version: V, config: "{ gateway: { bind: '${BIND}' } }" },
  ],
});
