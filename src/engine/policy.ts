import { maskText } from '../config/secrets.ts';
import { type Fact, mapFact } from '../core/fact.ts';
import type { Location } from '../core/finding.ts';
import type { PolicyQuestion, PolicyReport, PolicyRoute } from '../core/policy.ts';
import { formatRef, type Ref } from '../core/ref.ts';
import type { Model } from '../model/model.ts';
import { effectivePolicy } from '../model/policy/effective.ts';
import type { EffectivePolicy, PolicyQuery } from '../model/policy/query.ts';
import { type Route, routeToAgent } from '../model/policy/route.ts';
import { Locator } from './locate.ts';

/** The effective policy for one question, each answer with the place that decides it. */
export function policyReport(model: Model, query: PolicyQuery): PolicyReport {
  const locator = new Locator(model.settings, model.snapshot.home.configPath);
  const place = (ref: Ref): Location => {
    const { excerpt: _, ...location } = locator.locate(ref);
    return location;
  };
  const answer = <T>(fact: Fact<T>) => ({
    ...(fact.known ? { value: fact.value } : { reason: fact.reason }),
    set: fact.known && fact.set,
    key: formatRef(fact.at),
    location: place(fact.at),
  });
  const policy = effectivePolicy(model, query);
  const route = query.channel === undefined ? undefined : routeToAgent(model, { ...query, channel: query.channel });
  const { session, sandbox, exec, elevated, subagents } = policy;
  return {
    schemaVersion: 1,
    openclawVersion: model.target.version,
    question: questionOf(policy),
    ...(route ? { route: routeOf(route, place) } : {}),
    agent: { id: policy.agent.id, configured: policy.agent.configured, location: place(policy.agent.at) },
    session: {
      key: session.key,
      main: answer(session.main),
      mainKey: session.mainKey,
      policyKey: session.policyKey,
    },
    sandbox: {
      mode: answer(sandbox.mode),
      sandboxed: answer(sandbox.sandboxed),
      scope: answer(sandbox.scope),
      workspaceAccess: answer(sandbox.workspaceAccess),
      allow: answer(mapFact(sandbox.allow, masked)),
      deny: answer(mapFact(sandbox.deny, masked)),
    },
    tools: policy.tools.map(({ name, core, allowed, by }) => ({
      // A name that is no tool's is text that somebody put into a list.
      name: core ? name : maskText(name),
      core,
      allowed: answer(allowed),
      by,
    })),
    exec: {
      host: answer(exec.host),
      security: answer(exec.security),
      ask: answer(exec.ask),
      approvalNeeded: answer(exec.approvalNeeded),
    },
    elevated: { enabled: answer(elevated.enabled), allowed: answer(elevated.allowed) },
    fs: { workspaceOnly: answer(policy.fs.workspaceOnly) },
    subagents: {
      depth: subagents.depth,
      maxSpawnDepth: answer(subagents.maxSpawnDepth),
      canSpawn: answer(subagents.canSpawn),
    },
    owner: answer(policy.owner),
    notes: notesOn(model, policy, route),
  };
}

/** Entries of lists are text that somebody wrote. */
function masked(list: readonly string[]): readonly string[] {
  return list.map(maskText);
}

function questionOf({ query, agent }: EffectivePolicy): PolicyQuestion {
  const { channel, account, peer, sender, subagent, provider, modelId } = query;
  return {
    agent: agent.id,
    ...(channel === undefined ? {} : { channel, kind: peer?.kind ?? 'direct', sender: sender?.class ?? 'owner' }),
    ...(account === undefined ? {} : { account }),
    ...(peer?.id === undefined ? {} : { peer: peer.id }),
    ...(sender?.id === undefined ? {} : { senderId: sender.id }),
    ...(subagent === undefined ? {} : { subagent }),
    ...(provider === undefined ? {} : { provider }),
    ...(modelId === undefined ? {} : { model: modelId }),
  };
}

function routeOf(route: Route, place: (ref: Ref) => Location): PolicyRoute {
  return {
    ...(route.agentId === undefined ? {} : { agent: route.agentId }),
    by: route.reason,
    key: formatRef(route.by),
    location: place(route.by),
    ...(route.gap ? { reason: `${route.gap.reason} (${formatRef(route.gap.at)})` } : {}),
  };
}

/** What one may expect otherwise. */
function notesOn(model: Model, policy: EffectivePolicy, route: Route | undefined): readonly string[] {
  const { settings, target } = model;
  const { session, query, sandbox, agent } = policy;
  const notes: string[] = [];
  if (route && route.agentId !== agent.id)
    notes.push(
      route.agentId === undefined
        ? 'No agent answers such a message: no binding leads to one.'
        : `Such a message goes to the agent ${route.agentId}, not to ${agent.id}.`,
    );
  if (!agent.configured)
    notes.push(`The agent ${agent.id} is not in the config: only what holds for all agents is shown.`);
  if (session.key !== session.policyKey)
    notes.push(
      'The conversation is shared with the main session, while sandbox and tools are decided as for a session of its own.',
    );
  const group = (query.peer?.kind ?? 'direct') !== 'direct';
  if (target.secondEra && group && session.key.split(':')[2] === 'main')
    notes.push(
      'Messages of groups go to the main session here. OpenClaw looks up the tools of a group by its session: those under channels.<id>.groups do not hold.',
    );
  if (sandbox.sandboxed.value && policy.elevated.allowed.value !== false)
    notes.push('Elevated commands run outside the sandbox.');
  const overrides = [
    ...settings.keys('tools', 'byProvider'),
    ...(agent.at.kind === 'key' ? settings.keys(...agent.at.path, 'tools', 'byProvider') : []),
  ];
  if (query.provider === undefined && overrides.length > 0)
    notes.push('tools.byProvider has overrides that are not applied; name the model with --provider and --model.');
  if (policy.tools.some((t) => !t.core))
    notes.push('Tools that only the config names belong to plugins, if there are any of that name.');
  return notes;
}
