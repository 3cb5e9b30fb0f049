import { formatRef, type KeyPath, keyRef } from '../core/ref.ts';
import { bindRisk, bindSource, unlistedBindRisk } from '../model/data/bind-mounts.ts';
import type { Model } from '../model/model.ts';
import type { EffectivePolicy } from '../model/policy/query.ts';
import { readSandbox } from '../model/sandbox.ts';
import { holds, open, untold } from './boundary.ts';
import type { Boundary } from './graph.ts';
import type { Lever } from './lever.ts';

/** Whether what runs in this conversation is held by a sandbox that deserves the name. */
export function sandboxBoundary(model: Model, policy: EffectivePolicy, own: KeyPath | undefined): Boundary {
  const { sandboxed, mode } = policy.sandbox;
  const lever = { lever: 'sandbox', agent: own } as const;
  if (!sandboxed.known) return untold('sandbox', `is it in a sandbox? ${sandboxed.reason}`, [sandboxed.at], lever);
  if (sandboxed.value) {
    const hole = sandboxHole(model, policy.agent.id);
    return hole ?? holds('sandbox', 'it runs in a sandbox', sandboxed.at);
  }
  const main = mode.value === 'non-main';
  const text = main
    ? 'the sandbox is for other sessions than the main one'
    : `no sandbox: ${mode.known && mode.set ? `mode is ${mode.value}` : 'none is set up'}`;
  const refs = main ? [mode.at, ...policy.session.at] : [mode.at];
  return open('sandbox', text, refs, lever, ...(main ? apartLevers(policy) : []));
}

/** What would give those who write a conversation beside the main one. */
function apartLevers({ query, session }: EffectivePolicy): readonly Lever[] {
  if (query.channel === undefined) return [];
  if ((query.peer?.kind ?? 'direct') === 'direct') return [{ lever: 'dm-scope' }];
  const [at] = session.at;
  return at?.kind === 'key' ? [{ lever: 'group-scope', path: at.path }] : [];
}

/** A mount that hands the host to the sandbox, or a shared network. */
function sandboxHole(model: Model, agentId: string): Boundary | undefined {
  const agent = model.agents.written.find((a) => a.normalizedId === agentId);
  const { settings, snapshot } = model;
  const homes = [snapshot.host.homeDir, snapshot.host.osHomeDir];
  for (const path of readSandbox(settings, agent).dockerPaths) {
    const binds = settings.value(...path, 'binds');
    for (const [i, item] of (binds?.kind === 'array' ? binds.items : []).entries()) {
      if (item.kind !== 'string') continue;
      const source = bindSource(item.value);
      if (!bindRisk(source, homes, true) && !unlistedBindRisk(source)) continue;
      const at = keyRef(...path, 'binds', i);
      return open('sandbox', `the sandbox is handed ${source} (${formatRef(at)})`, [at], {
        lever: 'binds',
        path: [...path, 'binds'],
        index: i,
      });
    }
  }
  return undefined;
}
