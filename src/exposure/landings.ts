import type { FixOp } from '../core/fix.ts';
import type { KeyPath } from '../core/ref.ts';
import { type ChannelAccount, normalizeAccountId } from '../model/channels/accounts.ts';
import type { Model } from '../model/model.ts';
import { effectivePolicy } from '../model/policy/effective.ts';
import type { EffectivePolicy, PeerKind, PolicyQuery, SenderClass } from '../model/policy/query.ts';
import { type Route, routeToAgent } from '../model/policy/route.ts';
import { whatIf } from '../model/what-if.ts';
import { holds, open, signature, untold } from './boundary.ts';
import { type Capability, type Conversation, capabilities, LOOKED_AT } from './capabilities.ts';
import type { Boundary } from './graph.ts';

/** Where a message is written. */
export interface Peer {
  readonly channel: string;
  readonly account: string;
  /** Without an id: one that nothing in the config names. */
  readonly peer: { readonly kind: PeerKind; readonly id?: string };
  /** Discord server. */
  readonly guildId?: string;
}

export interface Landed {
  /** Normalised. */
  readonly agentId: string;
  /** How the agent was chosen. */
  readonly route: Boundary;
  readonly policy: EffectivePolicy;
  readonly conversation: Conversation;
}

export interface Abilities {
  readonly list: readonly Capability[];
  /** The same for conversations from which the same can be done, by the same settings. */
  readonly key: string;
}

/** Kinds of agents that one agent is followed to. */
const MAX_ASKED = 6;
/** An id that no config has. */
const NOBODY_IN_PARTICULAR = '<other>';
/** Channels whose rooms stand below a server or team. */
const NESTED = new Set(['discord', 'msteams']);
/** Where single groups stand, below a channel or an account. */
const CONTAINERS = ['groups', 'channels', 'rooms'];

/** Where messages land and what can be done from there; each question that has the same answer is asked once. */
export class Landings {
  private readonly model: Model;
  private readonly tools: readonly string[];
  private routes = new Map<string, FoundRoute>();
  private readonly conversations = new Map<string, Conversation>();
  private readonly abilities = new Map<Conversation, Abilities>();
  private distinct = new Map<string, Abilities>();
  private readonly own = new Map<string, KeyPath | undefined>();
  private readonly derived = new Map<string, Landings>();
  private bound: { readonly ids: ReadonlySet<string>; readonly peers: readonly BoundPeer[] } | undefined;

  /** @param tools those that are looked at */
  constructor(model: Model, tools: readonly string[] = LOOKED_AT) {
    this.model = model;
    this.tools = tools;
  }

  /**
   * The same once some operations of `editFor` are made: which agent answers stays, and so does what the operations are
   * not about. What those for all agents change is found out once, whatever is done to doors and single agents beside.
   */
  after(ops: readonly FixOp[]): Landings {
    const own = ops.filter((op) => !leavesPolicies(op));
    const shared = own.filter((op) => agentOf(this.model, op) === undefined);
    const base = this.afterShared(shared);
    if (own.length === shared.length) return base;
    const next = base.sibling(whatIf(this.model, own));
    const agents = own.flatMap((op) => agentOf(this.model, op) ?? []);
    for (const [key, conversation] of base.conversations) {
      if (agents.some((id) => key.startsWith(`${id}|`))) continue;
      next.conversations.set(key, conversation);
      const known = base.abilities.get(conversation);
      if (known) next.abilities.set(conversation, known);
    }
    return next;
  }

  private afterShared(ops: readonly FixOp[]): Landings {
    if (ops.length === 0) return this;
    const key = JSON.stringify(ops);
    const found = this.derived.get(key) ?? this.sibling(whatIf(this.model, ops));
    this.derived.set(key, found);
    return found;
  }

  private sibling(model: Model): Landings {
    const next = new Landings(model, this.tools);
    next.routes = this.routes;
    next.bound = this.bound;
    next.distinct = this.distinct;
    return next;
  }

  /** What can be done from a conversation. */
  abilitiesOf(conversation: Conversation): Abilities {
    let found = this.abilities.get(conversation);
    if (!found) {
      const list = capabilities(this.model, conversation);
      const text = list.map(abilityText).join('#');
      found = this.distinct.get(text) ?? { list, key: `#${this.distinct.size + 1}` };
      this.distinct.set(text, found);
      this.abilities.set(conversation, found);
    }
    return found;
  }

  /** The conversation of a message in a channel. */
  at(peer: Peer, sender: SenderClass): Landed {
    const { found, boundary: route } = this.route(peer);
    const agentId = found.agentId ?? this.model.agents.defaultId;
    const { channel, account, guildId } = peer;
    const id = peer.peer.id ?? NOBODY_IN_PARTICULAR;
    const binding = found.binding;
    const ownScope = binding !== undefined && this.model.settings.has('bindings', binding, 'session') ? binding : '';
    // Only those who are listed differ by the list they are on.
    const who = sender === 'anyone' ? '' : account;
    const key = `${this.agentClass(agentId)}|${channel}|${peer.peer.kind}|${this.placeKey(peer)}|${sender}|${who}|${ownScope}`;
    const conversation = this.ask(key, {
      agentId,
      channel,
      account,
      peer: { ...peer.peer, ...(peer.peer.kind === 'direct' ? {} : { id }) },
      ...(guildId === undefined ? {} : { guildId }),
      sender: { class: sender },
    });
    return { agentId, route, policy: conversation.policy, conversation };
  }

  /** A conversation that no channel leads to. */
  policyOf(query: PolicyQuery): Conversation {
    const { agentId, ...rest } = query;
    return this.ask(`${this.agentClass(agentId)}|${JSON.stringify(rest)}`, query);
  }

  /** Agents beside these, those that can do the same together, with the ways to the host's shell that they have. */
  others(
    than: readonly string[],
  ): readonly { readonly ids: readonly string[]; readonly list: readonly Capability[] }[] {
    const byKey = new Map<string, { ids: string[]; list: readonly Capability[] }>();
    for (const { normalizedId: id } of this.model.agents.written) {
      if (than.includes(id)) continue;
      const { list, key } = this.abilitiesOf(this.policyOf({ agentId: id }));
      const shells = list.filter((c) => c.reaches.some((r) => r.asset === 'host-shell'));
      const group = byKey.get(key) ?? { ids: [], list: shells };
      byKey.set(key, group);
      group.ids.push(id);
    }
    return [...byKey.values()].filter((g) => g.list.length > 0).slice(0, MAX_ASKED);
  }

  /** Groups of an account that bindings name. */
  boundGroups(account: ChannelAccount): readonly Peer[] {
    return this.boundPeers().peers.flatMap(({ channel, accountId, kind, id }): Peer[] =>
      channel === account.channel && kind !== 'direct' && (accountId === '*' || accountId === account.id)
        ? [{ channel, account: account.id, peer: { kind: 'group', id } }]
        : [],
    );
  }

  private ask(key: string, query: PolicyQuery): Conversation {
    let conversation = this.conversations.get(key);
    if (!conversation) {
      const policy = effectivePolicy(this.model, query, this.tools);
      conversation = { policy, own: this.ownSettings(query.agentId) };
      this.conversations.set(key, conversation);
    }
    return conversation;
  }

  private route(peer: Peer): FoundRoute {
    const { channel, account, guildId } = peer;
    const id = this.boundPeers().ids.has(`${channel} ${peer.peer.id}`) ? peer.peer.id : undefined;
    const key = `${channel}|${account}|${peer.peer.kind}|${id ?? ''}|${guildId ?? ''}`;
    let route = this.routes.get(key);
    if (!route) {
      const found = routeToAgent(this.model, {
        ...peer,
        peer: { kind: peer.peer.kind, id: id ?? NOBODY_IN_PARTICULAR },
      });
      route = { found, boundary: routeBoundary(found) };
      this.routes.set(key, route);
    }
    return route;
  }

  private boundPeers() {
    this.bound ??= readBoundPeers(this.model);
    return this.bound;
  }

  /** Agents without tools, sandbox, approvals and the like of their own are alike. */
  private agentClass(agentId: string): string {
    const approvals = this.model.snapshot.machine.execApprovals?.agents ?? {};
    return this.ownSettings(agentId) || Object.hasOwn(approvals, agentId) ? agentId : '';
  }

  /** The agent's object in the config, when it sets anything that counts. */
  private ownSettings(agentId: string): KeyPath | undefined {
    if (!this.own.has(agentId)) this.own.set(agentId, this.readOwn(agentId));
    return this.own.get(agentId);
  }

  private readOwn(agentId: string): KeyPath | undefined {
    const path = this.model.agents.written.find((a) => a.normalizedId === agentId)?.path;
    return path && OWN.some((key) => this.model.settings.has(...path, key)) ? path : undefined;
  }

  /** Groups without tools of their own are alike. */
  private placeKey({ channel, account, peer, guildId }: Peer): string {
    const { settings } = this.model;
    if (peer.kind === 'direct') {
      const own = [
        ['channels', channel],
        ['channels', channel, 'accounts', account],
      ];
      return own.some((base) => settings.has(...base, 'direct')) ? account : '';
    }
    if (NESTED.has(channel)) return `${account}/${guildId ?? ''}/${peer.id ?? ''}`;
    const bases: KeyPath[] = [
      ['channels', channel, 'accounts', account],
      ['channels', channel],
    ];
    const limited = (id: string) =>
      bases.some((base) => CONTAINERS.some((c) => TOOLS.some((key) => settings.has(...base, c, id, key))));
    if (peer.id !== undefined && limited(peer.id)) return `${account}/${peer.id}`;
    return limited('*') ? `${account}/*` : '';
  }
}

interface FoundRoute {
  readonly found: Route;
  readonly boundary: Boundary;
}

function routeBoundary({ agentId, reason, by, gap }: Route): Boundary {
  if (gap) return untold('routing', `which agent answers? ${gap.reason}`, [gap.at]);
  if (agentId === undefined) return holds('routing', 'no agent answers', by);
  return open('routing', reason === 'default' ? 'the default agent answers' : 'a binding names the agent', [by]);
}

function abilityText({ label, boundaries, reaches, asks = [] }: Capability): string {
  return `${label}[${signature(boundaries)}/${signature(asks)}]${reaches.map((r) => `${r.asset}(${signature(r.boundaries)})`).join()}`;
}

/** What an agent can do in a conversation depends on neither the gateway's doors nor who is let in. */
function leavesPolicies(op: FixOp): boolean {
  if (op.op === 'chmod' || op.op === 'run') return true;
  const [root, channel] = op.key;
  if (root === 'gateway' || root === 'hooks') return true;
  return root === 'channels' && channel !== 'discord' && ADMISSION.has(String(op.key[op.key.length - 1]));
}

const ADMISSION = new Set(['dmPolicy', 'policy', 'groupPolicy', 'allowFrom', 'groupAllowFrom']);

/** The agent that an operation is about, when it is about nothing else. */
function agentOf({ agents }: Model, op: FixOp): string | undefined {
  if (op.op !== 'set' && op.op !== 'remove') return undefined;
  return agents.written.find((a) => a.path!.every((step, i) => op.key[i] === step))?.normalizedId;
}

const OWN = ['tools', 'sandbox', 'subagents'];
const TOOLS = ['tools', 'toolsBySender'];

interface BoundPeer {
  readonly channel: string;
  /** Normalised, or `*`. */
  readonly accountId: string;
  readonly kind: string;
  readonly id: string;
}

function readBoundPeers({ settings }: Model): { ids: ReadonlySet<string>; peers: readonly BoundPeer[] } {
  const peers: BoundPeer[] = [];
  for (let i = 0; i < settings.count('bindings'); i++) {
    const text = (...path: string[]) =>
      settings.string(['bindings', i, 'match', ...path], undefined).value?.trim() ?? '';
    const [channel, id, kind] = [text('channel').toLowerCase(), text('peer', 'id'), text('peer', 'kind').toLowerCase()];
    if (channel === '' || id === '') continue;
    const account = text('accountId');
    const accountId = account === '*' ? '*' : normalizeAccountId(account);
    peers.push({ channel, accountId, kind: kind === 'dm' ? 'direct' : kind, id });
  }
  return { ids: new Set(peers.map((p) => `${p.channel} ${p.id}`)), peers };
}
