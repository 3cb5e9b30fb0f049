import type { PrincipalKind } from '../core/exposure.ts';
import type { Model } from '../model/model.ts';
import { signature } from './boundary.ts';
import { type Capability, type Conversation, capabilities, type Reach } from './capabilities.ts';
import { type Boundary, type Graph, type GraphNode, type Standing, stateOf } from './graph.ts';

/** Somebody who comes in through one door and lands in one conversation of one agent. */
export interface Arrival {
  readonly principal: PrincipalKind;
  readonly standing: Standing;
  /** What the door is: alike doors with the same boundaries are shown as one. */
  readonly door: { readonly kind: string; readonly one: string; readonly many: string; readonly member: string };
  /** What happens at the door. */
  readonly step: string;
  readonly boundaries: readonly Boundary[];
  /** Where it leads, found out only for doors that are not closed. Absent where the door leads straight to assets. */
  readonly landings?: () => readonly Landing[];
  /** What is behind the door itself. */
  readonly reaches?: readonly Reach[];
}

/** Takes arrivals as they are found. */
export interface Sink {
  add(arrival: Arrival): void;
  /** What could not be followed, in a sentence. */
  gap(text: string): void;
  /** True when nothing more is wanted. */
  readonly done: boolean;
}

export interface Landing {
  readonly agentId: string;
  /** The conversation, e.g. `the main session`. */
  readonly session: string;
  /** Between the door and the conversation. */
  readonly boundaries: readonly Boundary[];
  readonly conversation: Conversation;
  /** Present where others talk in the same conversation: what should keep them apart. */
  readonly shared?: {
    readonly text: string;
    readonly boundaries: readonly Boundary[];
    /** Where the others are no closer to the owner than who comes in. */
    readonly standing?: Standing;
  };
  /** Nothing but this is looked at beyond the conversation. */
  readonly sharedOnly?: true;
}

interface Group {
  readonly arrival: Arrival;
  readonly landing: Landing | undefined;
  readonly doors: Set<string>;
  readonly agents: Set<string>;
  readonly abilities: readonly Capability[];
  readonly reach: string;
}

/** Puts arrivals into the graph. Doors, agents and accounts that cannot be told apart by what they allow become one. */
export class Arrivals implements Sink {
  private readonly model: Model;
  private readonly graph: Graph;
  private readonly groups = new Map<string, Group>();
  private readonly reaches = new Map<unknown, { abilities: readonly Capability[]; key: string }>();

  constructor(model: Model, graph: Graph) {
    this.model = model;
    this.graph = graph;
  }

  add(arrival: Arrival): void {
    const closed = stateOf(arrival.boundaries) === 'holds';
    const found = closed ? [] : (arrival.landings?.() ?? []);
    if (found.length === 0) this.group(arrival, undefined);
    for (const landing of found) this.group(arrival, landing);
  }

  readonly done = false;

  gap(text: string): void {
    this.graph.gaps.add(text);
  }

  private group(arrival: Arrival, landing: Landing | undefined): void {
    const { principal, standing, door, boundaries } = arrival;
    const reach = !landing || landing.sharedOnly ? NOTHING : this.reachOf(landing.conversation);
    const { session = '', shared } = landing ?? {};
    const way = `${session}|${signature(landing?.boundaries ?? [])}|${shared?.text ?? ''}|${shared?.standing ?? ''}`;
    const key = [principal, standing, door.kind, signature(boundaries), way, reach.key].join('|');
    let group = this.groups.get(key);
    if (!group) {
      const { abilities } = reach;
      group = { arrival, landing, doors: new Set(), agents: new Set(), abilities, reach: reach.key };
      this.groups.set(key, group);
    }
    group.doors.add(door.member);
    if (landing) group.agents.add(landing.agentId);
  }

  /** Writes the groups into the graph, in the order in which they came. */
  finish(): void {
    for (const group of this.groups.values()) this.write(group);
  }

  private reachOf(conversation: Conversation): { abilities: readonly Capability[]; key: string } {
    // The same object is handed in for conversations that are alike.
    const known = this.reaches.get(conversation);
    if (known) return known;
    const abilities = capabilities(this.model, conversation);
    const reach = { abilities, key: abilities.map(abilityKey).join('#') };
    this.reaches.set(conversation, reach);
    return reach;
  }

  private write({ arrival, landing, doors, agents, abilities, reach }: Group): void {
    const { graph } = this;
    const { door, principal, standing, step, boundaries, reaches = [] } = arrival;
    const members = [...doors];
    const label = members.length === 1 ? door.one : `${members.length} ${door.many}`;
    const ingress = graph.node('ingress', `${door.kind} ${members.join(' ')}`, label, { family: door.kind, members });
    const enter = graph.edge(graph.principal(principal), ingress, step, boundaries, standing);
    if (enter.state === 'holds') return;
    for (const r of reaches) graph.edge(ingress, graph.asset(r.asset), r.text, r.boundaries);
    if (!landing) return;
    const ids = [...agents];
    const named = ids.length === 1 ? `agent ${ids[0]}` : `agents ${shortList(ids)}`;
    const where = `${landing.session} ${ids.join(' ')} ${reach}`;
    const session = graph.node('session', where, `${landing.session} of ${named}`, { members: ids });
    graph.edge(ingress, session, 'lands in', landing.boundaries);
    if (landing.shared)
      graph.edge(
        session,
        graph.asset('other-sessions'),
        landing.shared.text,
        landing.shared.boundaries,
        landing.shared.standing,
      );
    if (landing.sharedOnly) return;
    const agentKey = `${ids.join(' ')} ${reach}`;
    const agent = graph.node('agent', agentKey, named, { members: ids });
    graph.edge(session, agent, 'prompts');
    if (graph.from(agent).length === 0) this.writeAbilities(agent, agentKey, abilities);
  }

  private writeAbilities(agent: GraphNode, key: string, abilities: readonly Capability[]): void {
    for (const ability of abilities) {
      const tool = this.graph.node('tool', `${ability.label} ${key}`, ability.label);
      this.graph.edge(agent, tool, 'calls', ability.boundaries);
      for (const { asset, text, boundaries } of ability.reaches)
        this.graph.edge(tool, this.graph.asset(asset), text, boundaries);
    }
  }
}

const NOTHING = { abilities: [], key: '' };

function abilityKey({ label, boundaries, reaches }: Capability): string {
  return `${label}[${signature(boundaries)}]${reaches.map((r) => `${r.asset}(${signature(r.boundaries)})`).join()}`;
}

function shortList(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}
