import { allOf, type Fact, known } from '../../core/fact.ts';
import { type KeyPath, keyRef } from '../../core/ref.ts';
import type { Agent } from '../agents.ts';
import type { Model } from '../model.ts';
import type { ElevatedPolicy, PolicyQuery } from './query.ts';
import { listAdmits } from './sender.ts';

/**
 * Whether this sender may leave the sandbox: `tools.elevated` and the agent's own must both be on and list the sender
 * under the channel. For Discord a missing list is the account's `allowFrom` (OpenClaw 2026.3.7 and 2026.9.6).
 */
export function readElevated(model: Model, agent: Agent | undefined, query: PolicyQuery): ElevatedPolicy {
  const { settings } = model;
  const shared: KeyPath = ['tools', 'elevated'];
  const own: KeyPath | undefined = agent?.path ? [...agent.path, ...shared] : undefined;
  const on = settings.boolean([...shared, 'enabled'], true);
  const enabled = own ? allOf(settings.boolean([...own, 'enabled'], true), on) : on;
  const at = keyRef(...shared, 'allowFrom');
  const channel = query.channel?.trim().toLowerCase();
  if (channel === undefined) return { enabled, allowed: known(false, at, false) };
  const admitted = admits(model, query, channel, shared);
  const narrowed = own && settings.has(...own, 'allowFrom') ? admits(model, query, channel, own) : undefined;
  return { enabled, allowed: narrowed ? allOf(enabled, admitted, narrowed) : allOf(enabled, admitted) };
}

function admits(model: Model, query: PolicyQuery, channel: string, base: KeyPath): Fact<boolean> {
  const { settings } = model;
  const fallback: KeyPath[] =
    channel === 'discord'
      ? [
          ['channels', 'discord', 'allowFrom'],
          ['channels', 'discord', 'dm', 'allowFrom'],
        ]
      : [];
  for (const path of [[...base, 'allowFrom', channel], ...fallback]) {
    const list = settings.strings(path);
    if (!list.known) return list;
    if (list.value) return listAdmits(list.value, query, list.at, list.set);
  }
  return known(false, keyRef(...base, 'allowFrom', channel), false);
}
