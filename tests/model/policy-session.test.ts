import { describe, expect, it } from 'vitest';
import type { PolicyQuery } from '../../src/model/policy/query.ts';
import { isMainSessionKey } from '../../src/model/policy/session.ts';
import { FIRST, modelOf, policyOf, SECOND, told } from './policy-case.ts';

const dm: Partial<PolicyQuery> = { channel: 'telegram', sender: { class: 'allowed', id: '42' } };
const group: Partial<PolicyQuery> = { channel: 'telegram', peer: { kind: 'group', id: '-100' } };
const nonMain = (session: string, more = '') =>
  `{ agents: { defaults: { sandbox: { mode: 'non-main' } } }, session: ${session}${more} }`;

interface SessionCase {
  readonly what: string;
  readonly config: string;
  readonly query?: Partial<PolicyQuery>;
  readonly in?: readonly string[];
  readonly key: string;
  /** Where it is another than `key`. */
  readonly policyKey?: string;
  readonly main: string;
  readonly sandboxed: string;
}

const CASES: readonly SessionCase[] = [
  {
    what: 'the terminal is the main session',
    config: nonMain('{}'),
    key: 'agent:main:main',
    main: 'true @ session.scope (default)',
    sandboxed: 'false @ agents.defaults.sandbox.mode',
  },
  {
    what: 'so is a private chat by default',
    config: nonMain('{}'),
    in: [FIRST],
    query: dm,
    key: 'agent:main:main',
    main: 'true @ session.dmScope (default)',
    sandboxed: 'false @ agents.defaults.sandbox.mode',
  },
  {
    what: 'and yet the sandbox takes it for a session of its own (2026.9.6)',
    config: nonMain('{}'),
    in: [SECOND],
    query: dm,
    key: 'agent:main:main',
    policyKey: 'agent:main:telegram:default:direct:42',
    main: 'true @ session.dmScope (default)',
    sandboxed: 'true @ agents.defaults.sandbox.mode',
  },
  {
    what: 'but not where the control UI writes',
    config: nonMain('{}'),
    in: [SECOND],
    query: { channel: 'webchat', sender: { class: 'owner' } },
    key: 'agent:main:main',
    main: 'true @ session.dmScope (default)',
    sandboxed: 'false @ agents.defaults.sandbox.mode',
  },
  {
    what: 'per-peer',
    config: nonMain(`{ dmScope: 'per-peer' }`),
    query: dm,
    key: 'agent:main:direct:42',
    main: 'false @ session.dmScope',
    sandboxed: 'true @ agents.defaults.sandbox.mode',
  },
  {
    what: 'per-channel-peer',
    config: nonMain(`{ dmScope: 'per-channel-peer' }`),
    query: dm,
    key: 'agent:main:telegram:direct:42',
    main: 'false @ session.dmScope',
    sandboxed: 'true @ agents.defaults.sandbox.mode',
  },
  {
    what: 'per-account-channel-peer, nobody in particular',
    config: nonMain(`{ dmScope: 'per-account-channel-peer' }`),
    query: { channel: 'Telegram', account: 'Work Bot' },
    key: 'agent:main:telegram:work-bot:direct:<sender>',
    main: 'false @ session.dmScope',
    sandboxed: 'true @ agents.defaults.sandbox.mode',
  },
  {
    what: 'one person on several channels',
    config: nonMain(`{ dmScope: 'per-peer', identityLinks: { Alice: ['telegram:42', 'discord:7'] } }`),
    query: dm,
    key: 'agent:main:direct:alice',
    main: 'false @ session.dmScope',
    sandboxed: 'true @ agents.defaults.sandbox.mode',
  },
  {
    what: 'an unset scope',
    config: nonMain(`{ dmScope: '\${SCOPE}' }`),
    in: [FIRST],
    query: dm,
    key: 'agent:main:<unknown>',
    main: '? ${SCOPE} is not set',
    sandboxed: '? ${SCOPE} is not set',
  },
  {
    what: 'an unset scope that does not matter',
    config: `{ agents: { defaults: { sandbox: { mode: 'all' } } }, session: { dmScope: '\${SCOPE}' } }`,
    query: dm,
    key: 'agent:main:<unknown>',
    main: '? ${SCOPE} is not set',
    sandboxed: 'true @ agents.defaults.sandbox.mode',
  },
  {
    what: 'an unset mode',
    config: `{ agents: { defaults: { sandbox: { mode: '\${MODE}' } } } }`,
    key: 'agent:main:main',
    main: 'true @ session.scope (default)',
    sandboxed: '? ${MODE} is not set',
  },
  {
    what: 'a group is a session of its own',
    config: nonMain('{}'),
    query: group,
    key: 'agent:main:telegram:group:-100',
    main: 'false @ session.groupScope (default)',
    sandboxed: 'true @ agents.defaults.sandbox.mode',
  },
  {
    what: 'groups in the main session (2026.9.6)',
    config: nonMain(`{ groupScope: 'main' }`),
    in: [SECOND],
    query: group,
    key: 'agent:main:main',
    main: 'true @ session.groupScope',
    sandboxed: 'false @ agents.defaults.sandbox.mode',
  },
  {
    what: 'a thread below one',
    config: nonMain(`{ groupScope: 'main' }`),
    in: [SECOND],
    query: { channel: 'discord', peer: { kind: 'thread', id: 'c1' } },
    key: 'agent:main:main:thread:<id>',
    main: 'false @ session.groupScope',
    sandboxed: 'true @ agents.defaults.sandbox.mode',
  },
  {
    what: 'the word of a binding (2026.9.6)',
    config: nonMain(
      '{}',
      `, bindings: [{ agentId: 'main', match: { channel: 'telegram' }, session: { dmScope: 'per-peer' } }]`,
    ),
    in: [SECOND],
    query: dm,
    key: 'agent:main:direct:42',
    main: 'false @ bindings[0].session.dmScope',
    sandboxed: 'true @ agents.defaults.sandbox.mode',
  },
  {
    what: 'the mode of the agent before that of all',
    config: `{ agents: { defaults: { sandbox: { mode: 'all' } }, list: [{ id: 'Ops Team', sandbox: { mode: 'off' } }] } }`,
    in: [FIRST],
    query: { ...group, agentId: 'ops team' },
    key: 'agent:ops-team:telegram:group:-100',
    main: 'false @ session.groupScope (default)',
    sandboxed: 'false @ agents.list[0].sandbox.mode',
  },
  {
    what: 'a sub-agent is never the main session',
    config: nonMain('{}'),
    query: { subagent: 2 },
    key: 'agent:main:subagent:<id>:subagent:<id>',
    main: 'false @ agents.defaults.sandbox.mode (default)',
    sandboxed: 'true @ agents.defaults.sandbox.mode',
  },
];

describe('session and sandbox', () => {
  for (const c of CASES)
    for (const version of c.in ?? [FIRST, SECOND])
      it(`${version}: ${c.what}`, () => {
        const { session, sandbox } = policyOf(c.config, version, c.query);
        const policyKey = c.policyKey === undefined ? {} : { policyKey: session.policyKey };
        expect({
          key: session.key,
          ...policyKey,
          main: told(session.main),
          sandboxed: told(sandbox.sandboxed),
        }).toEqual({
          key: c.key,
          ...(c.policyKey === undefined ? {} : { policyKey: c.policyKey }),
          main: c.main,
          sandboxed: c.sandboxed,
        });
      });
});

describe('a session key', () => {
  const global = `{ session: { scope: 'global', mainKey: 'home' } }`;
  for (const [version, config, key, expected] of [
    [FIRST, '{}', 'agent:work:main', true],
    [FIRST, '{}', 'main', true],
    [FIRST, '{}', 'global', false],
    [FIRST, '{}', 'agent:main:main', false],
    [SECOND, '{}', 'agent:main:main', true],
    [FIRST, global, 'global', true],
    [FIRST, global, 'agent:work:main', true],
    [SECOND, global, 'agent:work:telegram:group:1', false],
  ] as const)
    it(`${version}: ${key} of work under ${config}`, () => {
      expect(isMainSessionKey(modelOf(config, version), 'work', key).value).toBe(expected);
    });
});
