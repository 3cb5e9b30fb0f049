import { describe, expect, it } from 'vitest';
import { formatRef } from '../../src/core/ref.ts';
import { type RouteQuery, routeToAgent } from '../../src/model/policy/route.ts';
import { FIRST, modelOf, SECOND } from './policy-case.ts';

const bindings = `[
  { agentId: 'channel', match: { channel: 'Discord', accountId: '*' } },
  { agentId: 'account', match: { channel: 'discord', accountId: 'Work' } },
  { agentId: 'unnamed', match: { channel: 'discord' } },
  { agentId: 'team', match: { channel: 'discord', accountId: '*', teamId: 't1' } },
  { agentId: 'guild', match: { channel: 'discord', accountId: '*', guildId: 'g1' } },
  { agentId: 'roles', match: { channel: 'discord', accountId: '*', guildId: 'g1', roles: ['r1'] } },
  { agentId: 'kind', match: { channel: 'discord', accountId: '*', peer: { kind: 'group', id: '*' } } },
  { agentId: 'peer', match: { channel: 'discord', accountId: '*', peer: { kind: 'channel', id: 'c1' } } },
  { agentId: 'dm', match: { channel: 'discord', accountId: '*', peer: { kind: 'dm', id: '7' } } },
]`;
const ids = ['main', 'channel', 'account', 'unnamed', 'team', 'guild', 'roles', 'kind', 'peer', 'dm'];
const roster = (version: string) =>
  version === FIRST
    ? `{ list: [${ids.map((id) => `{ id: '${id}' }`)}] }`
    : `{ entries: { ${ids.map((id) => `${id}: {}`)} } }`;

const CASES: readonly (readonly [
  query: Partial<RouteQuery>,
  agent: string,
  reason: string,
  versions?: readonly string[],
])[] = [
  [{ peer: { kind: 'channel', id: 'c1' }, guildId: 'g1', roles: ['r1'] }, 'peer', 'peer bindings[7]'],
  [{ peer: { kind: 'group', id: 'c1' } }, 'peer', 'peer bindings[7]'],
  [{ peer: { kind: 'direct', id: '7' } }, 'dm', 'peer bindings[8]'],
  [{ peer: { kind: 'thread', id: 'x' }, parentPeer: { kind: 'channel', id: 'c1' } }, 'peer', 'parent-peer bindings[7]'],
  [{ peer: { kind: 'channel', id: 'c9' }, guildId: 'g1' }, 'kind', 'any-peer bindings[6]', [SECOND]],
  [{ peer: { kind: 'channel', id: 'c9' }, guildId: 'g1', roles: ['r1'] }, 'roles', 'guild-roles bindings[5]', [FIRST]],
  [{ guildId: 'g1', roles: ['r2', 'r1'] }, 'roles', 'guild-roles bindings[5]'],
  [{ guildId: 'g1', roles: ['r2'] }, 'guild', 'guild bindings[4]'],
  [{ teamId: 't1', account: 'work' }, 'team', 'team bindings[3]'],
  [{ account: 'work' }, 'account', 'account bindings[1]'],
  [{}, 'unnamed', 'account bindings[2]'],
  [{ account: 'other' }, 'channel', 'channel bindings[0]'],
  [{ channel: 'telegram' }, 'main', 'default agents'],
];

describe('routing', () => {
  for (const [query, agent, reason, versions] of CASES)
    for (const version of versions ?? [FIRST, SECOND])
      it(`${version}: ${JSON.stringify(query)}`, () => {
        const model = modelOf(`{ agents: ${roster(version)}, bindings: ${bindings} }`, version);
        const route = routeToAgent(model, { channel: 'discord', ...query });
        expect([route.agentId, `${route.reason} ${formatRef(route.by).replace(/^agents.*/, 'agents')}`]).toEqual([
          agent,
          reason,
        ]);
      });

  it('an agent that is not there: the default one in 2026.3.7, none in 2026.9.6', () => {
    const routed = `bindings: [{ agentId: 'gone', match: { channel: 'telegram' } }]`;
    const first = modelOf(`{ agents: { list: [{ id: 'a' }, { id: 'b', default: true }] }, ${routed} }`, FIRST);
    const second = modelOf(`{ agents: { entries: { a: {}, b: { default: true } } }, ${routed} }`, SECOND);
    expect(routeToAgent(first, { channel: 'telegram' }).agentId).toBe('b');
    expect(routeToAgent(second, { channel: 'telegram' }).agentId).toBeUndefined();
  });

  it('nobody answers where agents must be named and none is', () => {
    const model = modelOf(`{ agents: { ownership: 'explicit', entries: { a: {}, b: {} } } }`, SECOND);
    const route = routeToAgent(model, { channel: 'telegram' });
    expect([route.agentId, formatRef(route.by)]).toEqual([undefined, 'agents.ownership']);
  });

  it('a binding that cannot be read is said', () => {
    const model = modelOf(`{ bindings: [{ agentId: 'main', match: { channel: '\${CHANNEL}' } }] }`, FIRST);
    expect(routeToAgent(model, { channel: 'telegram' }).gap?.reason).toBe('${CHANNEL} is not set');
  });

  it('coding agents route no messages', () => {
    const model = modelOf(
      `{ agents: { list: [{ id: 'main' }, { id: 'x' }] }, bindings: [{ type: 'acp', agentId: 'x', match: { channel: 'telegram', accountId: '*' } }] }`,
      FIRST,
    );
    expect(routeToAgent(model, { channel: 'telegram' }).reason).toBe('default');
  });
});
