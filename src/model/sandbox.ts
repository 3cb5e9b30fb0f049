import type { Fact } from '../core/fact.ts';
import { type KeyPath, keyRef } from '../core/ref.ts';
import { AGENT_DEFAULTS, type Agent } from './agents.ts';
import type { Settings } from './settings.ts';
import { agentString } from './tools/policy.ts';

/** The sandbox of one agent, or of the defaults, after inheritance. */
export interface Sandbox {
  readonly mode: Fact<string>;
  readonly scope: Fact<string>;
  readonly workspaceAccess: Fact<string>;
  /** The written `docker` objects that apply, own first; with scope `shared` the agent's own is ignored. */
  readonly dockerPaths: readonly KeyPath[];
  readonly browserPaths: readonly KeyPath[];
}

/** Reads the sandbox as OpenClaw resolves it (2026.3.7; `perSession` is the older spelling of `scope`). */
export function readSandbox(settings: Settings, agent: Agent | undefined): Sandbox {
  const scope = readScope(settings, agent);
  const shared = scope.known && scope.value === 'shared';
  const paths = (part: string): KeyPath[] => {
    const routes: KeyPath[] = [];
    if (agent?.path && !shared) routes.push([...agent.path, 'sandbox', part]);
    routes.push([...AGENT_DEFAULTS, 'sandbox', part]);
    return routes.filter((r) => settings.has(...r));
  };
  return {
    mode: agentString(settings, agent, 'off', 'sandbox', 'mode'),
    scope,
    workspaceAccess: agentString(settings, agent, 'none', 'sandbox', 'workspaceAccess'),
    dockerPaths: paths('docker'),
    browserPaths: paths('browser'),
  };
}

function readScope(settings: Settings, agent: Agent | undefined): Fact<string> {
  const written = agentString(settings, agent, undefined, 'sandbox', 'scope');
  if (!written.known || written.value !== undefined) return written as Fact<string>;
  const routes = [...(agent?.path ? [agent.path] : []), AGENT_DEFAULTS];
  for (const route of routes) {
    const perSession = settings.boolean([...route, 'sandbox', 'perSession'], undefined);
    if (!perSession.known) return perSession;
    if (perSession.value !== undefined) return { ...perSession, value: perSession.value ? 'session' : 'shared' };
  }
  return { known: true, value: 'agent', at: keyRef(...AGENT_DEFAULTS, 'sandbox', 'scope'), set: false };
}
