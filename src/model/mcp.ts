import type { MachineState } from '../core/snapshot.ts';
import { type KeyPath, keyRef, type Ref } from '../core/ref.ts';
import type { Agents } from './agents.ts';
import { type ExecScope, skillsSetting } from './exec.ts';
import { AGENT_DEFAULTS } from './agents.ts';
import type { Settings } from './settings.ts';

/** An agent whose skills are limited while its commands reach every MCP server all the same. */
export interface SkillBoundary {
  readonly label: string;
  readonly at: Ref;
}

/** Names of MCP servers that a command can start, by where they are registered. */
export interface McpSources {
  readonly config: readonly string[];
  readonly mcporter: readonly string[];
}

/**
 * Scopes with a `skills` list whose commands run outside a sandbox: `agents.defaults` when it has one, and each agent
 * that has or inherits one. At run time an unset exec policy means full on the gateway host, and deny in a sandbox
 * (OpenClaw 2026.9.6).
 */
export function readSkillBoundaries(
  settings: Settings,
  agents: Agents,
  scopes: readonly ExecScope[],
  machine: MachineState,
): readonly SkillBoundary[] {
  const out: SkillBoundary[] = [];
  const defaults: KeyPath = [...AGENT_DEFAULTS, 'skills'];
  for (const scope of scopes) {
    const skills = scope.agent
      ? skillsSetting(settings, scope.agent)
      : settings.has(...defaults)
        ? defaults
        : undefined;
    if (!skills || !runsOutside(scope, machine)) continue;
    out.push({
      label: scope.agent ? `agents.${agents.dialect}.${scope.agent.id}` : AGENT_DEFAULTS.join('.'),
      at: keyRef(...skills),
    });
  }
  return out;
}

function runsOutside(scope: ExecScope, machine: MachineState): boolean {
  const sandboxed = scope.sandboxMode.value === 'all';
  const host = scope.host.value ?? (sandboxed ? 'sandbox' : 'gateway');
  if (host === 'sandbox') return false;
  const approvals = machine.execApprovals;
  const approved = approvals?.agents[scope.id]?.security ?? approvals?.defaults.security;
  return (scope.security.value ?? 'full') !== 'deny' && approved !== 'deny';
}

/** Servers in `mcp.servers` that are enabled, and those in mcporter's registry. */
export function readMcpSources(settings: Settings, machine: MachineState): McpSources {
  const enabled = (name: string) =>
    settings.boolean(['mcp', 'servers', name, 'enabled'], true).value !== false &&
    settings.boolean(['mcp', 'servers', name, 'disabled'], false).value !== true;
  return { config: settings.keys('mcp', 'servers').filter(enabled), mcporter: machine.mcporter.servers };
}
