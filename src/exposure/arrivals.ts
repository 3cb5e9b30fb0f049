import type { PrincipalKind } from '../core/exposure.ts';
import { signature } from './boundary.ts';
import type { Capability, Conversation, Reach } from './capabilities.ts';
import { type Boundary, type Graph, type GraphNode, type Standing, stateOf } from './graph.ts';
import type { Abilities, Landings } from './landings.ts';

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
  private readonly graph: Graph;
  private readonly landings: Landings;
  private readonly groups = new Map<string, Group>();

  constructor(graph: Graph, landings: Landings) {
    this.graph = graph;
    this.landings = landings;
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
    const reach = !landing || landing.sharedOnly ? NOTHING : this.landings.abilitiesOf(landing.conversation);
    const { session = '', shared } = landing ?? {};
    const way = `${session}|${signature(landing?.boundaries ?? [])}|${shared?.text ?? ''}|${shared?.standing ?? ''}`;
    const key = [principal, standing, door.kind, signature(boundaries), way, reach.key].join('|');
    let group = this.groups.get(key);
    if (!group) {
      group = { arrival, landing, doors: new Set(), agents: new Set(), abilities: reach.list, reach: reach.key };
      this.groups.set(key, group);
    }
    group.doors.add(door.member);
    if (landing) group.agents.add(landing.agentId);
  }

  /** Writes the groups into the graph, in the order in which they came. */
  finish(): void {
    for (const group of this.groups.values()) this.write(group);
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
    if (graph.from(agent).length > 0) return;
    this.writeAbilities(agent, agentKey, abilities);
    for (const { label: asking, asks } of abilities)
      if (asks && stateOf(asks) !== 'holds')
        this.writeAsked(graph.node('tool', `${asking} ${agentKey}`, asking), ids, asks);
  }

  /** Agents that are made to act by another one; they are not followed to yet others. */
  private writeAsked(tool: GraphNode, asking: readonly string[], boundaries: readonly Boundary[]): void {
    const { graph } = this;
    for (const { ids, list } of this.landings.others(asking)) {
      const named = ids.length === 1 ? `agent ${ids[0]}` : `agents ${shortList(ids)}`;
      const key = `asked ${ids.join(' ')}`;
      const session = graph.node('session', key, `main session of ${named}`, { members: ids });
      const agent = graph.node('agent', key, named, { members: ids });
      graph.edge(tool, session, 'asks', boundaries);
      graph.edge(session, agent, 'prompts');
      if (graph.from(agent).length === 0) this.writeAbilities(agent, key, list);
    }
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

const NOTHING: Abilities = { list: [], key: '' };

function shortList(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}
