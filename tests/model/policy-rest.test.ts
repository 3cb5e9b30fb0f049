import { describe, expect, it } from 'vitest';
import type { ExecApprovals, MachineState } from '../../src/core/snapshot.ts';
import type { PolicyQuery } from '../../src/model/policy/query.ts';
import { FIRST, policyOf, SECOND, told } from './policy-case.ts';

const approvals = (file: Partial<ExecApprovals>): { machine: MachineState } => ({
  machine: {
    databases: [],
    mcporter: { status: 'missing', servers: [] },
    indexedPlugins: [],
    execApprovals: { path: '/a.json', defaults: { allowlist: [] }, agents: {}, ...file },
  },
});

interface ExecCase {
  readonly what: string;
  readonly config: string;
  readonly in?: readonly string[];
  readonly approvals?: Partial<ExecApprovals>;
  /** host, security, ask, approvalNeeded */
  readonly exec: readonly [host: string, security: string, ask: string, asks: string];
}

const EXEC: readonly ExecCase[] = [
  {
    what: 'nothing written: the machine itself, unasked',
    config: '{}',
    in: [FIRST],
    exec: [
      'gateway @ tools.exec.host (default)',
      'full @ tools.exec.host (default)',
      'off @ tools.exec.host (default)',
      'false @ tools.exec.host (default)',
    ],
  },
  {
    what: 'nothing written: the machine itself, unasked',
    config: '{}',
    in: [SECOND],
    exec: [
      'gateway @ tools.exec.host (default)',
      'full @ tools.exec.security (default)',
      'off @ tools.exec.ask (default)',
      'false @ tools.exec.ask (default)',
    ],
  },
  {
    what: 'a sandbox that is written and not there',
    config: `{ tools: { exec: { host: 'sandbox' } } }`,
    exec: ['none @ tools.exec.host', 'deny @ tools.exec.host', 'off @ tools.exec.host', 'false @ tools.exec.host'],
  },
  {
    what: 'in a sandbox nobody is asked',
    config: `{ tools: { exec: { ask: 'always' } }, agents: { defaults: { sandbox: { mode: 'all' } } } }`,
    exec: [
      'sandbox @ agents.defaults.sandbox.mode',
      'full @ agents.defaults.sandbox.mode',
      'off @ agents.defaults.sandbox.mode',
      'false @ agents.defaults.sandbox.mode',
    ],
  },
  {
    what: 'the gateway asks by default',
    config: `{ tools: { exec: { host: 'gateway' } } }`,
    in: [FIRST],
    exec: [
      'gateway @ tools.exec.host',
      'allowlist @ tools.exec.security (default)',
      'on-miss @ tools.exec.ask (default)',
      'true @ tools.exec.security (default)',
    ],
  },
  {
    what: 'a file that says off silences the config',
    config: `{ tools: { exec: { host: 'gateway', ask: 'always' } } }`,
    in: [FIRST],
    approvals: { agents: { '*': { ask: 'off', allowlist: [] } } },
    exec: [
      'gateway @ tools.exec.host',
      'allowlist @ tools.exec.security (default)',
      'off @ /a.json',
      'false @ /a.json',
    ],
  },
  {
    what: 'the stricter of config and file',
    config: `{ tools: { exec: { host: 'gateway', security: 'full', ask: 'off' } } }`,
    approvals: { defaults: { security: 'deny', ask: 'on-miss', allowlist: [] } },
    exec: ['gateway @ tools.exec.host', 'deny @ /a.json', 'on-miss @ /a.json', 'false @ /a.json'],
  },
  {
    what: 'a file that cannot be read',
    config: `{ tools: { exec: { host: 'gateway', security: 'full' } } }`,
    in: [SECOND],
    approvals: { error: 'it is not a JSON object' },
    exec: [
      'gateway @ tools.exec.host',
      '? it is not a JSON object',
      '? it is not a JSON object',
      '? it is not a JSON object',
    ],
  },
  {
    what: "a mode, and an agent's own on top (2026.9.6)",
    config: `{ tools: { exec: { mode: 'full' } }, agents: { entries: { main: { tools: { exec: { mode: 'ask' } } } } } }`,
    in: [SECOND],
    exec: [
      'gateway @ tools.exec.host (default)',
      'allowlist @ agents.entries.main.tools.exec.mode',
      'on-miss @ agents.entries.main.tools.exec.mode',
      'true @ agents.entries.main.tools.exec.mode',
    ],
  },
  {
    what: 'an unset host',
    config: `{ tools: { exec: { host: '\${WHERE}' } } }`,
    exec: ['? ${WHERE} is not set', '? ${WHERE} is not set', '? ${WHERE} is not set', '? ${WHERE} is not set'],
  },
];

describe('commands', () => {
  for (const c of EXEC)
    for (const version of c.in ?? [FIRST, SECOND])
      it(`${version}: ${c.what}`, () => {
        const snapshot = c.approvals ? { snapshot: approvals(c.approvals) } : {};
        const { host, security, ask, approvalNeeded } = policyOf(c.config, version, {}, snapshot).exec;
        expect([host, security, ask, approvalNeeded].map(told)).toEqual(c.exec);
      });
});

const ELEVATED: readonly (readonly [config: string, query: Partial<PolicyQuery>, enabled: string, allowed: string])[] =
  [
    [
      '{}',
      { channel: 'telegram' },
      'true @ tools.elevated.enabled (default)',
      'false @ tools.elevated.allowFrom.telegram (default)',
    ],
    [
      `{ tools: { elevated: { allowFrom: { telegram: ['*'] } } } }`,
      { channel: 'telegram', sender: { class: 'anyone' } },
      'true @ tools.elevated.enabled (default)',
      'true @ tools.elevated.allowFrom.telegram',
    ],
    [
      `{ tools: { elevated: { enabled: false, allowFrom: { telegram: ['*'] } } } }`,
      { channel: 'telegram' },
      'false @ tools.elevated.enabled',
      'false @ tools.elevated.enabled',
    ],
    [
      `{ tools: { elevated: { allowFrom: { telegram: ['42'] } } } }`,
      { channel: 'telegram', sender: { class: 'anyone' } },
      'true @ tools.elevated.enabled (default)',
      'false @ tools.elevated.allowFrom.telegram',
    ],
    [
      `{ tools: { elevated: { allowFrom: { telegram: ['tg:42'] } } } }`,
      { channel: 'telegram', sender: { class: 'allowed', id: '42' } },
      'true @ tools.elevated.enabled (default)',
      'true @ tools.elevated.allowFrom.telegram',
    ],
    [
      `{ tools: { elevated: { allowFrom: { telegram: ['42'] } } } }`,
      { channel: 'telegram', sender: { class: 'allowed' } },
      'true @ tools.elevated.enabled (default)',
      '? it depends on whether the list has the sender',
    ],
    [
      `{ channels: { discord: { allowFrom: ['7'] } } }`,
      { channel: 'discord', sender: { class: 'allowed', id: '7' } },
      'true @ tools.elevated.enabled (default)',
      'true @ channels.discord.allowFrom',
    ],
  ];

describe('elevation', () => {
  for (const [config, query, enabled, allowed] of ELEVATED)
    it(`${config} ${JSON.stringify(query)}`, () => {
      const policy = policyOf(config, FIRST, query);
      expect([told(policy.elevated.enabled), told(policy.elevated.allowed)]).toEqual([enabled, allowed]);
    });
  it("an agent's own list narrows it", () => {
    const config = `{ tools: { elevated: { allowFrom: { telegram: ['*'] } } }, agents: { entries: { main: { tools: { elevated: { allowFrom: { telegram: ['1'] } } } } } } }`;
    const query: Partial<PolicyQuery> = { channel: 'telegram', sender: { class: 'anyone' } };
    expect(told(policyOf(config, SECOND, query).elevated.allowed)).toBe(
      'false @ agents.entries.main.tools.elevated.allowFrom.telegram',
    );
  });
});

describe('files and sub-agents', () => {
  it('the workspace alone, by agent', () => {
    const config = `{ tools: { fs: { workspaceOnly: false } }, agents: { entries: { main: { tools: { fs: { workspaceOnly: true } } } } } }`;
    expect(told(policyOf(config, SECOND).fs.workspaceOnly)).toBe('true @ agents.entries.main.tools.fs.workspaceOnly');
  });
  for (const [version, depth, expected] of [
    [FIRST, 0, true],
    [FIRST, 1, false],
    [SECOND, 4, true],
    [SECOND, 5, false],
  ] as const)
    it(`${version}: a sub-agent of depth ${depth} ${expected ? 'may' : 'may not'} start others`, () => {
      expect(policyOf('{}', version, { subagent: depth }).subagents.canSpawn.value).toBe(expected);
    });
  it('an agent that is not there is said to be none', () => {
    const { agent } = policyOf(`{ agents: { list: [{ id: 'work' }] } }`, FIRST, { agentId: 'home' });
    expect(agent).toMatchObject({ id: 'home', configured: false });
  });
});
