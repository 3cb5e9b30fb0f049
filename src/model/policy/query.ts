import type { Fact } from '../../core/fact.ts';
import type { Ref } from '../../core/ref.ts';

/** Where a message comes from: a private chat, a group, a channel of a server or team, or a thread below one of them. */
export type PeerKind = 'direct' | 'group' | 'channel' | 'thread';

/**
 * Who writes: somebody no list names, somebody an allowlist admits, or the owner (`commands.ownerAllowFrom`, the terminal).
 */
export type SenderClass = 'anyone' | 'allowed' | 'owner';

/** One question to the effective policy. What is left out is not narrowed down, and stays unknown where it matters. */
export interface PolicyQuery {
  /** As written or normalised. */
  readonly agentId: string;
  /** Channel id; without one the question is about the terminal and the control UI. */
  readonly channel?: string | undefined;
  /** `default` when left out. */
  readonly account?: string | undefined;
  /** A private chat when left out. The id of a thread's peer is that of the group or channel it belongs to. */
  readonly peer?: { readonly kind: PeerKind; readonly id?: string | undefined } | undefined;
  /** Discord server. */
  readonly guildId?: string | undefined;
  /** Slack workspace or Teams team. */
  readonly teamId?: string | undefined;
  /** Role ids of the sender in the Discord server. */
  readonly roles?: readonly string[] | undefined;
  /** The owner when left out. */
  readonly sender?: { readonly id?: string | undefined; readonly class: SenderClass } | undefined;
  /** Depth of a sub-agent's session: 1 for one that the agent starts itself. 0 when left out. */
  readonly subagent?: number | undefined;
  /** Model provider, for `tools.byProvider`; without one these overrides are left aside. */
  readonly provider?: string | undefined;
  readonly modelId?: string | undefined;
}

/** The layer that decides about a tool, in the order in which OpenClaw applies them. */
export type LayerName =
  | 'owner-only'
  | 'runtime'
  | 'profile'
  | 'provider-profile'
  | 'global'
  | 'global-provider'
  | 'agent'
  | 'agent-provider'
  | 'group'
  | 'sender'
  | 'sandbox'
  | 'subagent';

export interface ToolVerdict {
  readonly name: string;
  /** False for a name that only the config mentions: a plugin's tool, or none at all. */
  readonly core: boolean;
  /** Its `at` is the list entry, list or setting that decides. */
  readonly allowed: Fact<boolean>;
  /** `default` where no list speaks of it. */
  readonly by: LayerName | 'default';
}

/** The conversation a message lands in. */
export interface SessionPolicy {
  /** OpenClaw's session key; `<sender>` and the like stand for ids that the question leaves open. */
  readonly key: string;
  /** The conversation is the agent's main session: what others say there is read along with it. */
  readonly main: Fact<boolean>;
  /** Key of the main session; `global` under `session.scope` `global`, where all agents share one. */
  readonly mainKey: string;
  /**
   * The key by which sandbox and tools are decided. From 2026.8 on it is that of the person for a private chat of a
   * channel, also where the conversation is the main session.
   */
  readonly policyKey: string;
  /** `policyKey` is that of the main session, which sandbox mode `non-main` leaves outside. */
  readonly policyMain: Fact<boolean>;
  readonly at: readonly Ref[];
}

export interface SandboxPolicy {
  readonly mode: Fact<string>;
  readonly sandboxed: Fact<boolean>;
  readonly scope: Fact<string>;
  readonly workspaceAccess: Fact<string>;
  /** The lists that hold inside the sandbox, groups spelled out. */
  readonly allow: Fact<readonly string[]>;
  readonly deny: Fact<readonly string[]>;
}

export interface ExecPolicy {
  /** Where a command runs: sandbox, gateway or node; `none` where it is refused. */
  readonly host: Fact<string>;
  /** deny, allowlist or full, after the approvals file. A sandbox needs no allowlist: full. */
  readonly security: Fact<string>;
  /** off, on-miss or always. */
  readonly ask: Fact<string>;
  /** Somebody is asked before a command that no allowlist has. */
  readonly approvalNeeded: Fact<boolean>;
}

export interface ElevatedPolicy {
  readonly enabled: Fact<boolean>;
  /** This sender may run commands outside the sandbox. */
  readonly allowed: Fact<boolean>;
}

export interface SubagentPolicy {
  readonly depth: number;
  readonly maxSpawnDepth: Fact<number>;
  /** The session may start (further) sub-agents, tools permitting. */
  readonly canSpawn: Fact<boolean>;
}

/** What a sender can make an agent do in one conversation. */
export interface EffectivePolicy {
  readonly query: PolicyQuery;
  readonly agent: {
    /** Normalised. */
    readonly id: string;
    /** It stands in the roster, or is the implicit `main`. */
    readonly configured: boolean;
    readonly at: Ref;
  };
  readonly session: SessionPolicy;
  readonly sandbox: SandboxPolicy;
  readonly tools: readonly ToolVerdict[];
  readonly exec: ExecPolicy;
  readonly elevated: ElevatedPolicy;
  readonly fs: { readonly workspaceOnly: Fact<boolean> };
  readonly subagents: SubagentPolicy;
  /** The sender counts as an owner: some tools are for owners alone. */
  readonly owner: Fact<boolean>;
}
