import type { AssetKind } from '../core/exposure.ts';
import { type Fact, mapFact, unknownFact } from '../core/fact.ts';
import { fileRef, type KeyPath, keyRef } from '../core/ref.ts';
import { approvalInterpreter } from '../model/data/interpreters.ts';
import type { Model } from '../model/model.ts';
import type { EffectivePolicy, ToolVerdict } from '../model/policy/query.ts';
import { decided, holds, open, untold } from './boundary.ts';
import { type Boundary, stateOf } from './graph.ts';
import { pluginTools } from './plugin-tools.ts';
import { sandboxBoundary } from './sandbox.ts';

/** A tool, or several that do the same, and what it reaches from one conversation. */
export interface Capability {
  readonly label: string;
  /** Before the tool acts. */
  readonly boundaries: readonly Boundary[];
  readonly reaches: readonly Reach[];
  /** Present where it makes other agents act: what should keep it from that. */
  readonly asks?: readonly Boundary[];
}

export interface Reach {
  readonly asset: AssetKind;
  readonly text: string;
  readonly boundaries: readonly Boundary[];
}

/** Where a conversation comes from, as far as the policy does not know it. */
export interface Conversation {
  readonly policy: EffectivePolicy;
  /** The agent's object in the config, when it sets anything of its own; else what is shared decides. */
  readonly own: KeyPath | undefined;
  /** Leaves out tools that a door does not serve. */
  readonly serves?: (tool: string) => Boundary | undefined;
}

/** Tools that lead straight to the host's shell. */
export const SHELL_TOOLS = ['exec', 'gateway', 'plugins', 'openclaw', 'terminal'] as const;

/** Every tool that is looked at. */
export const LOOKED_AT: readonly string[] = [
  ...SHELL_TOOLS,
  ...['read', 'write', 'edit', 'apply_patch', 'nodes', 'sessions_send'],
  ...['sessions_history', 'sessions_list', 'sessions_search'],
  ...['browser', 'message', 'web_fetch', 'web_search', 'x_search'],
];

/**
 * What can be done from a conversation. Tools that are certainly denied are left out.
 *
 * @param shellOnly leaves out what does not lead to the host's shell
 */
export function capabilities(model: Model, conversation: Conversation, shellOnly = false): Capability[] {
  const { policy, own } = conversation;
  const verdicts = new Map(policy.tools.map((t) => [t.name, t]));
  const out: Capability[] = [];
  const add = (
    label: string,
    tools: readonly string[],
    reaches: () => readonly Reach[],
    asks?: () => readonly Boundary[],
  ): void => {
    const gate = gateOf(tools, verdicts, conversation, own);
    if (!gate || gate.some((b) => b.state === 'holds')) return;
    out.push({ label, boundaries: gate, reaches: reaches(), ...(asks ? { asks: asks() } : {}) });
  };
  const context: Context = { model, policy, own };
  add('exec', ['exec'], () => execReaches(context));
  add('exec, elevated', ['exec'], () => elevatedReaches(context));
  add('gateway', SHELL_TOOLS.slice(1), () => [
    { asset: 'host-shell', text: 'changes the config, and with it what may run', boundaries: [] },
  ]);
  const plugin = pluginTools(model, policy, own);
  if (plugin) out.push(plugin);
  if (shellOnly) return out.filter((c) => c.reaches.length > 0);
  add('read', ['read'], () => fileReaches(context, 'credentials', 'reads keys and tokens'));
  add('write, edit', ['write', 'edit', 'apply_patch'], () => fileReaches(context, 'host-files', 'changes files'));
  add('nodes', ['nodes'], () => [nodesReach(context)]);
  add('sessions', ['sessions_history', 'sessions_list', 'sessions_search'], () => [sessionsReach(context)]);
  add('browser', ['browser'], () => [browserReach(context)]);
  add('message', ['message'], () => [
    { asset: 'outbound-messages', text: 'writes to whom the bot can write', boundaries: [] },
  ]);
  add(
    'sessions_send',
    ['sessions_send'],
    () => [],
    () => askBoundaries(context),
  );
  return out.filter((c) => c.reaches.length > 0 || (c.asks && stateOf(c.asks) !== 'holds'));
}

interface Context {
  readonly model: Model;
  readonly policy: EffectivePolicy;
  /** The agent's object in the config. */
  readonly own: KeyPath | undefined;
}

/** The first of the tools that is not denied decides; undefined when the version has none of them. */
function gateOf(
  tools: readonly string[],
  verdicts: ReadonlyMap<string, ToolVerdict>,
  { serves }: Conversation,
  own: KeyPath | undefined,
): readonly Boundary[] | undefined {
  let best: ToolVerdict | undefined;
  for (const tool of tools) {
    const found = verdicts.get(tool);
    if (!found || (serves && !serves(tool))) continue;
    const verdict = serves ? overHttp(found) : found;
    if (!best || rankOf(verdict.allowed) > rankOf(best.allowed)) best = verdict;
  }
  if (!best) return undefined;
  const able = tools.filter((t) => t === best.name || (verdicts.has(t) && verdicts.get(t)!.allowed.value !== false));
  const gate = decided(
    'tool-policy',
    best.allowed,
    {
      when: false,
      holds: `${best.name} is not available here (${best.by})`,
      open: best.allowed.known && best.allowed.set ? `${best.name} is allowed` : `nothing denies ${best.name}`,
      unknown: `is ${best.name} allowed`,
    },
    { lever: 'deny', agent: own, tools: able },
  );
  const served = serves?.(best.name);
  return served ? [served, gate] : [gate];
}

/** A call over HTTP is in no conversation, so what only the sandbox's lists deny may be served all the same. */
function overHttp(verdict: ToolVerdict): ToolVerdict {
  if (verdict.by !== 'sandbox' || verdict.allowed.value !== false) return verdict;
  return {
    ...verdict,
    allowed: unknownFact('only the sandbox denies it, and this call is in none', verdict.allowed.at),
  };
}

function rankOf(fact: Fact<boolean>): number {
  return fact.known ? (fact.value ? 2 : 0) : 1;
}

function execReaches(context: Context): Reach[] {
  const { policy, own, model } = context;
  const { host } = policy.exec;
  if (host.known && host.value === 'none') return [];
  if (host.known && host.value === 'node')
    return [
      {
        asset: 'paired-devices',
        text: 'runs commands on a paired device',
        boundaries: [open('sandbox', 'commands run on a paired device', [host.at]), approval(context)],
      },
    ];
  const inside = mapFact(host, (h) => h === 'sandbox');
  const boundaries: Boundary[] = [];
  if (inside.known && inside.value) boundaries.push(sandboxBoundary(model, policy, own));
  else if (!inside.known) boundaries.push(untold('sandbox', `where do commands run? ${inside.reason}`, [inside.at]));
  else if (policy.sandbox.sandboxed.value === true)
    boundaries.push(
      open('sandbox', 'commands run on the gateway host although the conversation is in a sandbox', [host.at], {
        lever: 'exec-host',
        path: host.at.kind === 'key' ? host.at.path : ['tools', 'exec', 'host'],
      }),
      approval(context),
    );
  else boundaries.push(sandboxBoundary(model, policy, own), approval(context));
  return [{ asset: 'host-shell', text: 'runs commands', boundaries }];
}

/** Whether somebody is asked first, or only listed commands run. */
function approval({ model, policy, own }: Context): Boundary {
  const { security, ask, approvalNeeded } = policy.exec;
  const lever = { lever: 'exec-ask', agent: own } as const;
  if (security.known && security.value === 'deny') return holds('approval', 'commands are refused', security.at);
  if (security.known && security.value === 'allowlist') {
    const wide = wideEntry(model, policy.agent.id);
    return wide === undefined
      ? holds('approval', 'only listed commands run', security.at, ask.at)
      : untold('approval', `only listed commands run, and the list has ${wide}`, [
          fileRef(model.snapshot.machine.execApprovals!.path),
          security.at,
        ]);
  }
  if (!security.known) return untold('approval', `are commands limited? ${security.reason}`, [security.at], lever);
  return decided(
    'approval',
    approvalNeeded,
    {
      when: true,
      holds: 'somebody is asked before each command',
      open: 'nobody is asked before a command runs',
      unknown: 'is anybody asked',
    },
    lever,
  );
}

/** An approved command that runs whatever it is given. */
function wideEntry({ snapshot }: Model, agentId: string): string | undefined {
  const agents = snapshot.machine.execApprovals?.agents ?? {};
  const scopes = [agentId, '*'].flatMap((id) => (Object.hasOwn(agents, id) ? [agents[id]!] : []));
  return scopes.flatMap((s) => s.allowlist).find((p) => /^\*+$/.test(p.trim()) || approvalInterpreter(p) !== undefined);
}

/** `/elevated` takes commands out of the sandbox for the senders it lists. */
function elevatedReaches({ policy }: Context): Reach[] {
  const { elevated } = policy;
  if (elevated.allowed.value === false || elevated.enabled.value === false) return [];
  const path: KeyPath = elevated.allowed.at.kind === 'key' ? elevated.allowed.at.path : ['tools', 'elevated'];
  const gate = decided(
    'allowlist',
    elevated.allowed,
    {
      when: false,
      holds: 'elevated mode is for listed senders',
      open: 'elevated mode is open to this sender, and leaves the sandbox',
      unknown: 'is elevated mode open to this sender',
    },
    { lever: 'elevated', path },
  );
  return [{ asset: 'host-shell', text: 'runs commands outside the sandbox', boundaries: [gate] }];
}

function fileReaches({ model, policy, own }: Context, asset: AssetKind, text: string): Reach[] {
  const workspace = decided(
    'workspace',
    policy.fs.workspaceOnly,
    {
      when: true,
      holds: 'files outside the workspace are refused',
      open: 'files outside the workspace are within reach',
      unknown: 'are files limited to the workspace',
    },
    { lever: 'workspace-only', agent: own },
  );
  return [{ asset, text, boundaries: [sandboxBoundary(model, policy, own), workspace] }];
}

function nodesReach({ model }: Context): Reach {
  const { nodeAllow } = model.gateway;
  const listed = nodeAllow.known && (nodeAllow.value?.length ?? 0) > 0;
  const boundary = listed
    ? open('pairing', `device commands are allowed: ${nodeAllow.value!.slice(0, 3).join(', ')}`, [nodeAllow.at])
    : untold('pairing', 'is a device paired? that is not read here', [nodeAllow.at]);
  return { asset: 'paired-devices', text: 'sends commands to devices', boundaries: [boundary] };
}

/** What the session tools show: own and started ones, those of the agent, or all. Default `tree`; `all` from 2026.9. */
function sessionsReach({ model, policy }: Context): Reach {
  const { settings, target } = model;
  const visibility = settings.string(['tools', 'sessions', 'visibility'], target.secondEra ? 'all' : 'tree');
  const narrow = mapFact(visibility, (v) => v === 'self' || v === 'tree');
  const boundaries = [
    decided(
      'tool-policy',
      narrow,
      {
        when: true,
        holds: 'the session tools show own conversations only',
        open: 'the session tools show other conversations too',
        unknown: 'which conversations do the session tools show',
      },
      { lever: 'visibility' },
    ),
  ];
  const clamp = settings.string(['agents', 'defaults', 'sandbox', 'sessionToolsVisibility'], 'spawned');
  if (policy.sandbox.sandboxed.value !== false && clamp.value !== 'all' && policy.sandbox.sandboxed.known)
    boundaries.push(holds('sandbox', 'in a sandbox they show what it started', clamp.at));
  return { asset: 'other-sessions', text: 'reads what others said', boundaries };
}

/** Whether agents may speak to each other: `tools.agentToAgent`, off in 2026.3.7 and on from 2026.9, and what sessions see. */
function askBoundaries({ model, policy }: Context): readonly Boundary[] {
  const { settings, target, agents } = model;
  if (agents.written.length < 2) return [holds('routing', 'there is one agent', keyRef('agents'))];
  const visibility = settings.string(['tools', 'sessions', 'visibility'], target.secondEra ? 'all' : 'tree');
  const allow = settings.strings(['tools', 'agentToAgent', 'allow']);
  const seen = decided(
    'tool-policy',
    mapFact(visibility, (v) => v !== 'all'),
    {
      when: true,
      holds: 'the session tools see this agent only',
      open: 'the session tools see other agents',
      unknown: 'which agents do the session tools see',
    },
    { lever: 'visibility' },
  );
  const enabled = decided(
    'tool-policy',
    settings.boolean(['tools', 'agentToAgent', 'enabled'], target.secondEra),
    {
      when: false,
      holds: 'agents may not speak to each other',
      open: 'agents may speak to each other',
      unknown: 'may agents speak to each other',
    },
    { lever: 'agent-to-agent' },
  );
  const { sandboxed } = policy.sandbox;
  const clamp = settings.string(['agents', 'defaults', 'sandbox', 'sessionToolsVisibility'], 'spawned');
  const fenced =
    sandboxed.value === true && clamp.value !== 'all'
      ? [holds('sandbox', 'in a sandbox they reach what it started', clamp.at)]
      : [];
  const listed = allow.known && (allow.value?.length ?? 0) > 0 && !allow.value!.includes('*');
  const narrowed = listed
    ? [
        allow.value!.includes(policy.agent.id)
          ? open('allowlist', 'this agent is on the list of those who may', [allow.at])
          : holds('allowlist', 'this agent is not on the list of those who may', allow.at),
      ]
    : [];
  return [seen, enabled, ...narrowed, ...fenced];
}

/** A browser page may be one of the local network, unless the browser refuses. Default: allowed; refused from 2026.8 on. */
function browserReach({ model }: Context): Reach {
  const { settings, target } = model;
  const path: KeyPath = ['browser', 'ssrfPolicy', 'dangerouslyAllowPrivateNetwork'];
  const enabled = settings.boolean(['browser', 'enabled'], true);
  const boundaries: Boundary[] = [];
  if (enabled.known && !enabled.value) boundaries.push(holds('tool-policy', 'the browser is off', enabled.at));
  boundaries.push(
    decided(
      'network',
      settings.boolean(path, !target.secondEra),
      {
        when: false,
        holds: 'the browser refuses private addresses',
        open: 'the browser opens private addresses',
        unknown: 'does the browser open private addresses',
      },
      { lever: 'private-network', path },
    ),
  );
  return { asset: 'lan', text: 'opens pages of the local network', boundaries };
}
