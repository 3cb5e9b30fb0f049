import { type KeyPath, keyRef, type Ref } from '../../core/ref.ts';
import { normalizeAgentId } from '../agents.ts';
import { normalizeAccountId } from '../channels/accounts.ts';
import type { Model } from '../model.ts';
import type { PeerKind } from './query.ts';
import type { Gap } from './patterns.ts';

/** Where a message comes from, as bindings see it. */
export interface RouteQuery {
  readonly channel: string;
  readonly account?: string | undefined;
  readonly peer?: { readonly kind: PeerKind; readonly id?: string | undefined } | undefined;
  /** The group or channel that a thread belongs to. */
  readonly parentPeer?: { readonly kind: PeerKind; readonly id?: string | undefined } | undefined;
  readonly guildId?: string | undefined;
  readonly teamId?: string | undefined;
  readonly roles?: readonly string[] | undefined;
}

/** How a binding was chosen; the order is that of precedence. */
export type RouteReason =
  | 'peer'
  | 'parent-peer'
  | 'any-peer'
  | 'guild-roles'
  | 'guild'
  | 'team'
  | 'account'
  | 'channel'
  | 'default';

export interface Route {
  /** Normalised; undefined when no agent answers (`agents.ownership: explicit` without a binding). */
  readonly agentId: string | undefined;
  readonly reason: RouteReason;
  /** The binding, or what makes the agent the default one. */
  readonly by: Ref;
  /** Index in `bindings`. */
  readonly binding?: number;
  /** A binding that cannot be read might come first. */
  readonly gap?: Gap;
}

interface Binding {
  readonly index: number;
  readonly agentId: string;
  /** Normalised; `*` is every account. */
  readonly account: string;
  readonly peer: { readonly kind: string; readonly id: string } | undefined;
  readonly guildId: string;
  readonly teamId: string;
  readonly roles: readonly string[];
}

/**
 * The agent that answers: bindings by how much they say (OpenClaw 2026.3.7 and 2026.9.6) - the very peer, the group of a
 * thread, any peer of a kind (2026.9.6), server and role, server, team, account, channel - then the default agent. A
 * binding without an account is about the account `default` only.
 */
export function routeToAgent(model: Model, query: RouteQuery): Route {
  const account = normalizeAccountId(query.account ?? 'default');
  const { bindings, gap } = bindingsOf(model, query.channel.trim().toLowerCase());
  const here = bindings.filter((b) => b.account === '*' || b.account === account);
  const scopeFits = (b: Binding) =>
    (b.guildId === '' || b.guildId === query.guildId?.trim()) &&
    (b.teamId === '' || b.teamId === query.teamId?.trim()) &&
    (b.roles.length === 0 || b.roles.some((role) => query.roles?.includes(role)));
  const second = model.target.secondEra;
  const tiers: readonly [RouteReason, (b: Binding) => boolean][] = [
    ['peer', (b) => isPeer(b, query.peer, second)],
    ['parent-peer', (b) => isPeer(b, query.parentPeer, second)],
    [
      'any-peer',
      (b) => second && b.peer?.id === '*' && query.peer !== undefined && sameKind(b.peer.kind, query.peer.kind),
    ],
    ['guild-roles', (b) => !b.peer && b.guildId !== '' && b.roles.length > 0],
    ['guild', (b) => !b.peer && b.guildId !== '' && b.roles.length === 0],
    ['team', (b) => !b.peer && b.guildId === '' && b.teamId !== ''],
    ['account', (b) => !b.peer && b.guildId === '' && b.teamId === '' && b.account !== '*'],
    ['channel', (b) => !b.peer && b.guildId === '' && b.teamId === '' && b.account === '*'],
  ];
  for (const [reason, fits] of tiers) {
    const found = here.find((b) => fits(b) && scopeFits(b));
    if (found)
      return {
        agentId: existingAgent(model, found.agentId),
        reason,
        by: keyRef('bindings', found.index),
        binding: found.index,
        ...(gap ? { gap } : {}),
      };
  }
  return { ...defaultAgent(model), ...(gap ? { gap } : {}) };
}

/** The agent that answers what no binding routes. */
function defaultAgent(model: Model): Route {
  const { settings, agents, target } = model;
  const ownership = settings.string(['agents', 'ownership'], undefined);
  if (target.secondEra && (!ownership.known || ownership.value === 'explicit')) {
    const system = settings.string(['agents', 'defaults', 'systemAgent', 'agentId'], undefined);
    const id = system.known && system.value ? normalizeAgentId(system.value) : undefined;
    const exists = id !== undefined && agents.written.some((a) => a.normalizedId === id);
    const sole = agents.written.length === 1 ? agents.written[0]!.normalizedId : undefined;
    return { agentId: exists ? id : sole, reason: 'default', by: exists ? system.at : ownership.at };
  }
  const chosen = agents.written.find((a) => a.markedDefault) ?? agents.written[0];
  return {
    agentId: agents.defaultId,
    reason: 'default',
    by: chosen?.markedDefault ? keyRef(...chosen.path!, 'default') : (chosen?.at ?? keyRef('agents')),
  };
}

/** A binding to an agent that does not exist falls back to the default one (2026.3.7) or is refused (2026.9.6). */
function existingAgent(model: Model, id: string): string | undefined {
  const wanted = normalizeAgentId(id);
  const { written } = model.agents;
  if (written.length === 0 || written.some((a) => a.normalizedId === wanted)) return wanted;
  if (!model.target.secondEra) return model.agents.defaultId;
  return wanted === 'main' ? 'main' : undefined;
}

interface Bindings {
  readonly bindings: readonly Binding[];
  readonly gap?: Gap;
}

/** The bindings of a channel, read once for a config; a model of other settings may have the same list. */
function bindingsOf(model: Model, channel: string): Bindings {
  const list = model.settings.value('bindings') ?? model;
  const known = read.get(list) ?? new Map<string, Bindings>();
  read.set(list, known);
  const found = known.get(channel) ?? readBindings(model, channel);
  known.set(channel, found);
  return found;
}

const read = new WeakMap<object, Map<string, Bindings>>();

function readBindings(model: Model, channel: string): Bindings {
  const { settings } = model;
  const bindings: Binding[] = [];
  let gap: Gap | undefined;
  const unreadable = settings.gapAt(['bindings']);
  if (unreadable) gap = { reason: unreadable, at: keyRef('bindings') };
  const text = (path: KeyPath): string => {
    const value = settings.value(...path);
    if (value?.kind === 'number') return String(value.value);
    const fact = settings.string(path, '');
    if (fact.known) return fact.value.trim();
    if (value?.kind === 'string') gap ??= { reason: fact.reason, at: fact.at };
    return '';
  };
  for (let index = 0; index < settings.count('bindings'); index++) {
    const base = ['bindings', index] as const;
    const match = [...base, 'match'] as const;
    // Entries of type `acp` start coding agents and route no messages.
    if (text([...base, 'type']) === 'acp') continue;
    if (text([...match, 'channel']).toLowerCase() !== channel) continue;
    const account = text([...match, 'accountId']);
    const hasPeer = settings.object(...match, 'peer') !== undefined;
    const kind = text([...match, 'peer', 'kind']).toLowerCase();
    const peer = { kind: kind === 'dm' ? 'direct' : kind, id: text([...match, 'peer', 'id']) };
    if (hasPeer && (peer.kind === '' || peer.id === '')) continue;
    bindings.push({
      index,
      agentId: text([...base, 'agentId']),
      account: account === '*' ? '*' : normalizeAccountId(account),
      peer: hasPeer ? peer : undefined,
      guildId: text([...match, 'guildId']),
      teamId: text([...match, 'teamId']),
      roles: settings.strings([...match, 'roles']).value ?? [],
    });
  }
  return { bindings, ...(gap ? { gap } : {}) };
}

function isPeer(binding: Binding, peer: RouteQuery['peer'], second: boolean): boolean {
  if (!binding.peer || !peer?.id) return false;
  if (second && binding.peer.id === '*') return false;
  return sameKind(binding.peer.kind, peer.kind) && binding.peer.id === peer.id.trim();
}

/** Groups and channels are told apart by some services only. */
function sameKind(bound: string, asked: PeerKind): boolean {
  const shared = (kind: string) => (kind === 'channel' || kind === 'thread' ? 'group' : kind);
  return shared(bound) === shared(asked);
}
