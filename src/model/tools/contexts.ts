import { allOf, anyOf, type Fact, known, mapFact } from '../../core/fact.ts';
import { keyRef, type Ref } from '../../core/ref.ts';
import { AGENT_DEFAULTS, type Agent, type Agents } from '../agents.ts';
import { readSandbox, type Sandbox } from '../sandbox.ts';
import type { Settings } from '../settings.ts';
import { readSandboxToolLayer, readToolPolicy, type ToolPolicy } from './policy.ts';
import { FILE_TOOLS, RUNTIME_TOOLS, type ToolTables } from './tables.ts';

/** What an agent (or `agents.defaults`) can do with its tools, and how far it is fenced in. */
export interface ToolContext {
  /** `agents.defaults`, or `agents.list.<id>` / `agents.entries.<id>` as written. */
  readonly label: string;
  readonly agent: Agent | undefined;
  readonly at: Ref;
  readonly policy: ToolPolicy;
  /** The policy with the sandbox's own lists, where everything runs in the sandbox. */
  readonly effective: ToolPolicy;
  readonly sandbox: Sandbox;
  readonly workspaceOnly: Fact<boolean>;
  /** exec and process, as far as they are available. */
  readonly runtimeTools: Fact<readonly string[]>;
  /** read, write, edit and apply_patch, as far as they are available. */
  readonly fileTools: Fact<readonly string[]>;
  /** Programs run outside a sandbox that holds every session. */
  readonly runtimeUnguarded: Fact<boolean>;
  /** Files are reached outside a sandbox and outside the workspace. */
  readonly filesUnguarded: Fact<boolean>;
}

/** The contexts in OpenClaw's order: the defaults, then each agent. */
export function readToolContexts(settings: Settings, agents: Agents, tables: ToolTables): readonly ToolContext[] {
  return [undefined, ...agents.written].map((agent) => readContext(settings, agents, agent, tables));
}

function readContext(settings: Settings, agents: Agents, agent: Agent | undefined, tables: ToolTables): ToolContext {
  const policy = readToolPolicy(settings, agents, agent, tables);
  const sandbox = readSandbox(settings, agent);
  const everySession = mapFact(sandbox.mode, (m) => m === 'all');
  const inside = everySession.known && everySession.value;
  const workspaceOnly = readWorkspaceOnly(settings, agent);
  const runtimeTools = policy.allowed(RUNTIME_TOOLS);
  const fileTools = policy.allowed(FILE_TOOLS);
  const outside = mapFact(everySession, (b) => !b);
  const some = (tools: Fact<readonly string[]>) => mapFact(tools, (t) => t.length > 0);
  return {
    label: agent ? `agents.${agents.dialect}.${agent.id}` : AGENT_DEFAULTS.join('.'),
    agent,
    at: agent?.at ?? keyRef(...AGENT_DEFAULTS),
    policy,
    effective: inside ? policy.with(readSandboxToolLayer(settings, agent, tables)) : policy,
    sandbox,
    workspaceOnly,
    runtimeTools,
    fileTools,
    runtimeUnguarded: allOf(outside, some(runtimeTools)),
    filesUnguarded: allOf(
      outside,
      mapFact(workspaceOnly, (b) => !b),
      some(fileTools),
    ),
  };
}

function readWorkspaceOnly(settings: Settings, agent: Agent | undefined): Fact<boolean> {
  if (agent?.path) {
    const own = settings.boolean([...agent.path, 'tools', 'fs', 'workspaceOnly'], undefined);
    if (!own.known || own.value !== undefined) return own as Fact<boolean>;
  }
  return settings.boolean(['tools', 'fs', 'workspaceOnly'], false);
}

/** A context in which an outsider's words reach programs or files. */
export function isRisky(context: ToolContext): Fact<boolean> {
  return anyOf(context.runtimeUnguarded, context.filesUnguarded);
}

/** `agents.defaults (exec, process; read, write; sandbox off)`: one context in a message. */
export function describeContext(context: ToolContext): string {
  const tools = [...(context.runtimeTools.value ?? []), ...(context.fileTools.value ?? [])];
  return `${context.label} (${tools.join(', ') || 'tools unknown'}; sandbox ${context.sandbox.mode.value ?? 'unknown'})`;
}

/** True when any context runs programs unguarded. */
export function anyRuntimeRisk(contexts: readonly ToolContext[]): Fact<boolean> {
  const [first, ...rest] = contexts.map((c) => c.runtimeUnguarded);
  return first ? anyOf(first, ...rest) : known(false, keyRef('tools'), false);
}
