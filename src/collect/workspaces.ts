import { join } from 'node:path';

/** The workspace of one agent. */
export interface AgentWorkspace {
  readonly agent: string;
  readonly path: string;
}

export interface WorkspaceInput {
  /** Agents of the config by normalised id, with the workspace they name, already absolute. */
  readonly agents: readonly { readonly id: string; readonly workspace?: string }[];
  readonly defaultAgent: string;
  /** `agents.defaults.workspace`, already absolute. */
  readonly defaultsWorkspace?: string;
  readonly profile?: string;
  /** What `~` means to OpenClaw. */
  readonly homeDir: string;
  readonly stateDir: string;
}

/**
 * The workspace of every agent (OpenClaw 2026.3.7): its own, else for the default agent that of the defaults or
 * `~/.openclaw/workspace` (with the profile's name behind it), which does not follow `OPENCLAW_STATE_DIR`; for the
 * others `<state>/workspace-<id>`. Of two agents with one id the first counts.
 */
export function agentWorkspaces(input: WorkspaceInput): AgentWorkspace[] {
  const ids = new Map<string, string | undefined>();
  for (const { id, workspace } of input.agents) if (!ids.has(id)) ids.set(id, workspace);
  if (!ids.has(input.defaultAgent)) ids.set(input.defaultAgent, undefined);
  return [...ids].map(([agent, own]) => ({ agent, path: own ?? fallback(input, agent) }));
}

function fallback(input: WorkspaceInput, agent: string): string {
  if (agent !== input.defaultAgent) return join(input.stateDir, `workspace-${agent}`);
  if (input.defaultsWorkspace) return input.defaultsWorkspace;
  const profile = input.profile && input.profile.toLowerCase() !== 'default' ? `-${input.profile}` : '';
  return join(input.homeDir, '.openclaw', `workspace${profile}`);
}
