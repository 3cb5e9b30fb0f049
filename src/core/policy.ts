import type { Location } from './finding.ts';

/** Where an answer comes from. */
interface PolicyAnswer {
  /** The config key, file or variable that decides; for a default, what would change it. */
  readonly key: string;
  readonly location: Location;
  /** False when nobody wrote it: OpenClaw's default. */
  readonly set: boolean;
  /** Why it cannot be told; there is no value then. */
  readonly reason?: string;
}

export interface PolicyYesNo extends PolicyAnswer {
  readonly value?: boolean;
}

export interface PolicyText extends PolicyAnswer {
  readonly value?: string;
}

export interface PolicyNumber extends PolicyAnswer {
  readonly value?: number;
}

export interface PolicyList extends PolicyAnswer {
  readonly value?: readonly string[];
}

/** One tool, and what decides about it. */
export interface PolicyTool {
  readonly name: string;
  /** False for a name that only the config mentions: a plugin's tool, or none at all. */
  readonly core: boolean;
  readonly allowed: PolicyYesNo;
  /** The step that decides; `default` where none speaks of the tool. */
  readonly by: string;
}

/** Who asks, from where; what was left out is filled in as it is judged. */
export interface PolicyQuestion {
  readonly agent: string;
  /** None: the terminal. */
  readonly channel?: string;
  readonly account?: string;
  readonly kind?: 'direct' | 'group' | 'channel' | 'thread';
  readonly peer?: string;
  readonly sender?: 'anyone' | 'allowed' | 'owner';
  readonly senderId?: string;
  readonly subagent?: number;
  readonly provider?: string;
  readonly model?: string;
}

/** How the agent is chosen. */
export interface PolicyRoute {
  /** Missing: no agent answers. */
  readonly agent?: string;
  readonly by:
    | 'peer'
    | 'parent-peer'
    | 'any-peer'
    | 'guild-roles'
    | 'guild'
    | 'team'
    | 'account'
    | 'channel'
    | 'default';
  readonly key: string;
  readonly location: Location;
  /** A binding that cannot be read might come first. */
  readonly reason?: string;
}

/** What a sender can make an agent do in one conversation: `policy explain --json`. */
export interface PolicyReport {
  readonly schemaVersion: 1;
  /** The OpenClaw version it is judged for. */
  readonly openclawVersion: string;
  readonly question: PolicyQuestion;
  /** Only for a message from a channel. */
  readonly route?: PolicyRoute;
  readonly agent: { readonly id: string; readonly configured: boolean; readonly location: Location };
  readonly session: {
    /** OpenClaw's session key; `<sender>` and the like stand for ids that the question leaves open. */
    readonly key: string;
    readonly main: PolicyYesNo;
    readonly mainKey: string;
    /** The key by which sandbox and tools are decided. */
    readonly policyKey: string;
  };
  readonly sandbox: {
    readonly mode: PolicyText;
    readonly sandboxed: PolicyYesNo;
    readonly scope: PolicyText;
    readonly workspaceAccess: PolicyText;
    readonly allow: PolicyList;
    readonly deny: PolicyList;
  };
  readonly tools: readonly PolicyTool[];
  readonly exec: {
    readonly host: PolicyText;
    readonly security: PolicyText;
    readonly ask: PolicyText;
    readonly approvalNeeded: PolicyYesNo;
  };
  readonly elevated: { readonly enabled: PolicyYesNo; readonly allowed: PolicyYesNo };
  readonly fs: { readonly workspaceOnly: PolicyYesNo };
  readonly subagents: { readonly depth: number; readonly maxSpawnDepth: PolicyNumber; readonly canSpawn: PolicyYesNo };
  /** The sender counts as an owner. */
  readonly owner: PolicyYesNo;
  /** What to know about the answer. */
  readonly notes: readonly string[];
}
