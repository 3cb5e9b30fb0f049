import { type Fact, known, mapFact } from '../core/fact.ts';
import { type KeyPath, keyRef, type Ref } from '../core/ref.ts';
import type { Agent, Agents } from './agents.ts';
import { agentRoutes } from './agents.ts';
import { readSandbox } from './sandbox.ts';
import type { Settings } from './settings.ts';

/** `tools.exec` of the whole config or of one agent. */
export interface ExecScope {
  /** `tools.exec`, or `agents.list.<id>.tools.exec` as written. */
  readonly label: string;
  readonly id: string;
  readonly agent: Agent | undefined;
  readonly path: KeyPath;
  readonly at: Ref;
  /** deny, allowlist or full, from `mode` or `security` of the scope or what it inherits. */
  readonly security: Fact<string | undefined>;
  readonly host: Fact<string | undefined>;
  /** Written in this very scope. */
  readonly ownHost: Fact<string | undefined>;
  readonly sandboxMode: Fact<string>;
  readonly safeBins: Fact<readonly string[] | undefined>;
  /** Names in `safeBinProfiles` of this scope, as OpenClaw compares them: trimmed, lower case. */
  readonly profiles: readonly string[];
  readonly trustedDirs: Fact<readonly string[] | undefined>;
  readonly strictInlineEval: Fact<boolean>;
}

/** The global scope, then each agent's. */
export function readExecScopes(settings: Settings, agents: Agents): readonly ExecScope[] {
  return [undefined, ...agents.written].map((agent) => readScope(settings, agents, agent));
}

function readScope(settings: Settings, agents: Agents, agent: Agent | undefined): ExecScope {
  const path: KeyPath = agent?.path ? [...agent.path, 'tools', 'exec'] : ['tools', 'exec'];
  const routes: KeyPath[] = agent ? [path, ['tools', 'exec']] : [path];
  const first = <T>(read: (route: KeyPath) => Fact<T | undefined>): Fact<T | undefined> => {
    for (const route of routes) {
      const fact = read(route);
      if (!fact.known || fact.value !== undefined) return fact;
    }
    return known(undefined, keyRef(...path), false);
  };
  return {
    label: agent ? `agents.${agents.dialect}.${agent.id}.tools.exec` : 'tools.exec',
    id: agent?.normalizedId ?? agents.defaultId,
    agent,
    path,
    at: keyRef(...path),
    security: first((route) => securityOf(settings, route)),
    host: first((route) => settings.string([...route, 'host'], undefined)),
    ownHost: settings.string([...path, 'host'], undefined),
    sandboxMode: readSandbox(settings, agent).mode,
    safeBins: settings.strings([...path, 'safeBins']),
    profiles: settings.keys(...path, 'safeBinProfiles').map((k) => k.trim().toLowerCase()),
    trustedDirs: settings.strings([...path, 'safeBinTrustedDirs']),
    strictInlineEval: mapFact(
      first((route) => settings.boolean([...route, 'strictInlineEval'], undefined)),
      (v) => v ?? false,
    ),
  };
}

/** `mode` wins over `security`; ask and auto are kinds of allowlist (OpenClaw 2026.9.6). */
function securityOf(settings: Settings, route: KeyPath): Fact<string | undefined> {
  const mode = settings.string([...route, 'mode'], undefined);
  if (!mode.known) return mode;
  if (mode.value !== undefined) return mapFact(mode, (m) => (m === 'deny' || m === 'full' ? m : 'allowlist'));
  return settings.string([...route, 'security'], undefined);
}

/** Where the agent's skills setting stands, if it has or inherits one. */
export function skillsSetting(settings: Settings, agent: Agent | undefined): KeyPath | undefined {
  return agentRoutes(agent, 'skills').find((route) => settings.has(...route));
}
