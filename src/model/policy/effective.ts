import { type Fact, known, mapFact } from '../../core/fact.ts';
import { type KeyPath, keyRef } from '../../core/ref.ts';
import { type Agent, normalizeAgentId } from '../agents.ts';
import type { Model } from '../model.ts';
import { readSandbox, type Sandbox } from '../sandbox.ts';
import { readElevated } from './elevated.ts';
import { policyTables } from './era.ts';
import { readExec } from './exec.ts';
import { judgeTools } from './layer.ts';
import { toolLayers } from './layers.ts';
import type { EffectivePolicy, PolicyQuery, SessionPolicy } from './query.ts';
import { type Route, routeToAgent } from './route.ts';
import { sandboxLists, spelledOut } from './sandbox-tools.ts';
import { senderIsOwner } from './sender.ts';
import { readSession } from './session.ts';

/**
 * What a sender can make an agent do in one conversation, as OpenClaw decides it at run time: session, sandbox, every tool,
 * commands, elevation, files and sub-agents. What the config does not tell stays unknown, with the reason.
 *
 * @param only the core tools that are asked about; all tools when left out
 */
export function effectivePolicy(model: Model, query: PolicyQuery, only?: readonly string[]): EffectivePolicy {
  const { settings, agents } = model;
  const id = normalizeAgentId(query.agentId);
  const agent = agents.written.find((a) => a.normalizedId === id);
  const tables = policyTables(model.target.secondEra);
  const session = readSession(model, query, boundRoute(model, query, id));
  const sandbox = readSandbox(settings, agent);
  const sandboxed = isSandboxed(sandbox, session);
  const owner = senderIsOwner(model, query);
  const maxSpawnDepth = settings.number(
    ['agents', 'defaults', 'subagents', 'maxSpawnDepth'],
    tables.subagents.maxSpawnDepth,
  );
  const depth = query.subagent ?? 0;
  const layers = toolLayers({
    model,
    tables,
    agent,
    query,
    session,
    sandboxed,
    workspaceAccess: sandbox.workspaceAccess,
    owner,
    maxSpawnDepth,
  });
  const inside = sandboxLists(model, agent, tables);
  return {
    query,
    agent: {
      id,
      configured: agent !== undefined || (agents.written.length === 0 && id === 'main'),
      at: agent?.at ?? keyRef('agents'),
    },
    session,
    sandbox: {
      mode: sandbox.mode,
      sandboxed,
      scope: sandbox.scope,
      workspaceAccess: sandbox.workspaceAccess,
      allow: spelledOut(inside.allow, tables),
      deny: spelledOut(inside.deny, tables),
    },
    tools: judgeTools(layers, tables, only),
    exec: readExec(model, agent, sandboxed),
    elevated: readElevated(model, agent, query),
    fs: { workspaceOnly: readWorkspaceOnly(model, agent) },
    subagents: { depth, maxSpawnDepth, canSpawn: mapFact(maxSpawnDepth, (max) => depth < max) },
    owner,
  };
}

/** The route of the message when it leads to this agent: its binding may set the scope of the session. */
function boundRoute(model: Model, query: PolicyQuery, agentId: string): Route | undefined {
  if (query.channel === undefined) return undefined;
  const route = routeToAgent(model, { ...query, channel: query.channel });
  return route.agentId === agentId ? route : undefined;
}

/** `off`, `all`, or `non-main`: every session but the main one. */
function isSandboxed({ mode }: Sandbox, session: SessionPolicy): Fact<boolean> {
  if (!mode.known) return mode;
  if (mode.value === 'off') return known(false, mode.at, mode.set);
  if (mode.value === 'all') return known(true, mode.at, mode.set);
  // The mode decides, by way of the session: a session that cannot be told leaves it open.
  return session.policyMain.known ? known(!session.policyMain.value, mode.at, mode.set) : session.policyMain;
}

function readWorkspaceOnly({ settings }: Model, agent: Agent | undefined): Fact<boolean> {
  const path: KeyPath = ['tools', 'fs', 'workspaceOnly'];
  if (agent?.path) {
    const own = settings.boolean([...agent.path, ...path], undefined);
    if (!own.known || own.value !== undefined) return own as Fact<boolean>;
  }
  return settings.boolean(path, false);
}
