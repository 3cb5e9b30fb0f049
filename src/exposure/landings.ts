import type { ChannelAccount } from '../model/channels/accounts.ts';
import { normalizeAccountId } from '../model/channels/accounts.ts';
import type { Model } from '../model/model.ts';
import { effectivePolicy } from '../model/policy/effective.ts';
import type { EffectivePolicy, PeerKind, PolicyQuery, SenderClass } from '../model/policy/query.ts';
import { routeToAgent } from '../model/policy/route.ts';
import { holds, open, untold } from './boundary.ts';
import type { Conversation } from './capabilities.ts';
import type { Boundary } from './graph.ts';

/** Where a message is written. */
export interface Peer {
  readonly channel: string;
  readonly account: string;
  readonly peer: { readonly kind: PeerKind; readonly id?: string };
}

export interface Landed {
  readonly policy: EffectivePolicy;
  /** How the agent was chosen. */
  readonly route: Boundary;
  readonly conversation: Conversation;
}

/** Where messages land and with which policy, each asked once. */
export class Landings {
  private readonly model: Model;
  private readonly landed = new Map<string, Landed>();
  private readonly policies = new Map<string, Conversation>();

  /** The tools that are looked at; all when left out. */
  private readonly tools: readonly string[] | undefined;

  constructor(model: Model, tools?: readonly string[]) {
    this.model = model;
    this.tools = tools;
  }

  /** The conversation of a message in a channel. */
  at(peer: Peer, sender: SenderClass): Landed {
    const key = `${peer.channel}\n${peer.account}\n${peer.peer.kind}\n${peer.peer.id ?? ''}\n${sender}`;
    let landed = this.landed.get(key);
    if (!landed) {
      landed = this.land(peer, sender);
      this.landed.set(key, landed);
    }
    return landed;
  }

  private land(peer: Peer, sender: SenderClass): Landed {
    const found = routeToAgent(this.model, peer);
    const refs = [found.by];
    const route = found.gap
      ? untold('routing', `which agent answers? ${found.gap.reason}`, [found.gap.at])
      : found.agentId === undefined
        ? holds('routing', 'no agent answers', found.by)
        : open('routing', found.reason === 'default' ? 'the default agent answers' : 'a binding names the agent', refs);
    const agentId = found.agentId ?? this.model.agents.defaultId;
    const policy = effectivePolicy(this.model, { ...peer, agentId, sender: { class: sender } }, this.tools);
    return { policy, route, conversation: { policy } };
  }

  /** A conversation that no channel leads to. */
  policyOf(query: PolicyQuery): Conversation {
    const key = JSON.stringify(query);
    let conversation = this.policies.get(key);
    if (!conversation) {
      conversation = { policy: effectivePolicy(this.model, query, this.tools) };
      this.policies.set(key, conversation);
    }
    return conversation;
  }

  /** Groups of an account that bindings name. */
  boundGroups(account: ChannelAccount): readonly Peer[] {
    const { settings } = this.model;
    const out: Peer[] = [];
    for (let i = 0; i < settings.count('bindings'); i++) {
      const match = ['bindings', i, 'match'] as const;
      const text = (...path: string[]) => settings.string([...match, ...path], undefined).value?.trim();
      const id = text('peer', 'id');
      const kind = text('peer', 'kind');
      if (text('channel') !== account.channel || id === undefined || kind === 'direct' || kind === 'dm') continue;
      const bound = text('accountId') ?? 'default';
      if (bound !== '*' && normalizeAccountId(bound) !== account.id) continue;
      out.push({ channel: account.channel, account: account.id, peer: { kind: 'group', id } });
    }
    return out;
  }
}
