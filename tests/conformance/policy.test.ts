import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { Model } from '../../src/model/model.ts';
import { effectivePolicy } from '../../src/model/policy/effective.ts';
import type { PolicyQuery } from '../../src/model/policy/query.ts';
import { type RouteReason, routeToAgent } from '../../src/model/policy/route.ts';
import { scenario } from '../kit/scenario.ts';

/** What the real OpenClaw said; written by scripts/compare-sandbox-explain.mjs --record. */
interface Recorded {
  readonly version: string;
  readonly config: unknown;
  readonly query: PolicyQuery;
  readonly answer: {
    readonly route?: {
      readonly agentId: string;
      readonly sessionKey: string;
      readonly matchedBy: string;
      /** Only the newer version has one. */
      readonly policyKey?: string;
    };
    readonly mainKey: string;
    readonly sandboxed: boolean;
    readonly mode: string;
    readonly scope: string;
    readonly workspaceAccess: string;
    readonly allow: string;
    readonly deny: string;
    readonly sources: readonly [allow: string, deny: string];
    readonly elevated: boolean;
    readonly tools: string;
    readonly exec?: { readonly host: string; readonly security: string; readonly ask: string };
  };
}

const RECORDED: readonly Recorded[] = JSON.parse(
  readFileSync(join(import.meta.dirname, 'policy/sandbox-explain.json'), 'utf8'),
);

const MATCHED: Record<RouteReason, string> = {
  peer: 'binding.peer',
  'parent-peer': 'binding.peer.parent',
  'any-peer': 'binding.peer.wildcard',
  'guild-roles': 'binding.guild+roles',
  guild: 'binding.guild',
  team: 'binding.team',
  account: 'binding.account',
  channel: 'binding.channel',
  default: 'default',
};

function sourceOf(fact: Fact<unknown>): string {
  if (!fact.known || !fact.set) return 'default';
  return fact.at.kind === 'key' && fact.at.path[0] === 'agents' ? 'agent' : 'global';
}

describe('recorded answers: effective policy', () => {
  it('are of both versions', () => {
    expect(new Set(RECORDED.map((r) => r.version))).toEqual(new Set(['2026.3.7', '2026.9.6']));
    expect(RECORDED).toHaveLength(60);
  });

  it.each(RECORDED.map((recorded, i) => [i, recorded] as const))('%i', (_, { version, config, query, answer }) => {
    const model = new Model(scenario({ name: 'recorded', config: JSON.stringify(config), version }));
    const { session, sandbox, elevated, tools, exec } = effectivePolicy(model, query);
    const built = tools.filter((t) => t.core && t.by !== 'runtime');
    const open = built.filter((t) => !t.allowed.known).map((t) => t.name);
    const route =
      query.channel === undefined || query.subagent
        ? undefined
        : routeToAgent(model, { ...query, channel: query.channel });
    // 2026.9.6 writes its default agent down as a binding of each channel while it reads the config.
    const asBinding =
      version === '2026.9.6' && answer.route?.matchedBy === 'binding.channel' && route?.reason === 'default';
    expect({
      ...(route
        ? {
            route: {
              agentId: route.agentId,
              sessionKey: session.key,
              matchedBy: asBinding ? 'binding.channel' : MATCHED[route.reason],
              ...(answer.route?.policyKey === undefined ? {} : { policyKey: session.policyKey }),
            },
          }
        : {}),
      // The command of 2026.3.7 leaves session.scope aside.
      mainKey: version === '2026.3.7' ? session.mainKey.replace(/^global$/, answer.mainKey) : session.mainKey,
      sandboxed: sandbox.sandboxed.value,
      mode: sandbox.mode.value,
      scope: sandbox.scope.value,
      workspaceAccess: sandbox.workspaceAccess.value,
      allow: sandbox.allow.value?.join(' '),
      deny: sandbox.deny.value?.join(' '),
      sources: [sourceOf(sandbox.allow), sourceOf(sandbox.deny)],
      elevated: elevated.enabled.value,
      tools: built
        .filter((t) => t.allowed.value)
        .map((t) => t.name)
        .join(' '),
      ...(answer.exec ? { exec: { host: exec.host.value, security: exec.security.value, ask: exec.ask.value } } : {}),
    }).toEqual({
      ...answer,
      tools: answer.tools
        .split(' ')
        .filter((t) => !open.includes(t))
        .join(' '),
    });
  });
});
