import { type Fact, known, unknownFact } from '../../core/fact.ts';
import { keyRef } from '../../core/ref.ts';
import { normalizeAgentId } from '../agents.ts';
import { normalizeAccountId } from '../channels/accounts.ts';
import type { Model } from '../model.ts';
import type { PolicyQuery, SessionPolicy } from './query.ts';
import type { Route } from './route.ts';

/**
 * The conversation a message lands in, and whether it is the agent's main one (OpenClaw 2026.3.7 and 2026.9.6). Private
 * chats follow `session.dmScope`; groups have sessions of their own unless `session.groupScope` is `main`; a binding of
 * 2026.9.6 may say otherwise for its messages. `session.mainKey` counts as `main` in all versions known.
 */
export function readSession(model: Model, query: PolicyQuery, route: Route | undefined): SessionPolicy {
  const agent = normalizeAgentId(query.agentId);
  const scope = model.settings.string(['session', 'scope'], 'per-sender');
  const mainKey = scope.value === 'global' ? 'global' : `agent:${agent}:main`;
  const depth = query.subagent ?? 0;
  if (depth > 0) {
    const key = `agent:${agent}${':subagent:<id>'.repeat(depth)}`;
    const at = keyRef('agents', 'defaults', 'sandbox', 'mode');
    return { mainKey, ...alike(key, known(false, at, false)), at: [at] };
  }
  if (query.channel === undefined)
    return { mainKey, ...alike(`agent:${agent}:main`, known(true, scope.at, false)), at: [scope.at] };
  const channel = query.channel.trim().toLowerCase();
  const found =
    (query.peer?.kind ?? 'direct') === 'direct'
      ? directSession(model, query, agent, channel, route)
      : groupSession(model, query, agent, channel, route);
  return { mainKey, ...found };
}

type Found = Omit<SessionPolicy, 'mainKey'>;

/** Sandbox and tools are decided by the session itself. */
function alike(key: string, main: Fact<boolean>): Omit<Found, 'at'> {
  return { key, main, policyKey: key, policyMain: main };
}

function directSession(
  model: Model,
  query: PolicyQuery,
  agent: string,
  channel: string,
  route: Route | undefined,
): Found {
  const scope = sessionSetting(model, route, 'dmScope', 'main');
  const written = query.peer?.id ?? query.sender?.id;
  const linked = written === undefined ? undefined : linkedIdentity(model, channel, written.trim());
  const person = linked?.known === false ? '<unknown>' : (linked?.value ?? written ?? '<sender>').trim().toLowerCase();
  const account = normalizeAccountId(query.account ?? 'default');
  const mainKey = `agent:${agent}:main`;
  const ownKey = `agent:${agent}:${channel}:${account}:direct:${person}`;
  const at = linked && scope.value !== 'main' ? [scope.at, linked.at] : [scope.at];
  // Nobody but the control UI writes to the main session as itself, whatever the scope, from 2026.8 on.
  const policy =
    model.target.secondEra && channel !== 'webchat' && person !== ''
      ? { policyKey: ownKey, policyMain: known(false, scope.at, scope.known && scope.set) }
      : undefined;
  if (!scope.known) return { ...alike(`agent:${agent}:<unknown>`, scope), ...policy, at };
  const apart = (key: string) => ({ ...alike(key, known(false, scope.at, scope.set)), at });
  switch (person === '' ? 'main' : scope.value) {
    case 'per-peer':
      return apart(`agent:${agent}:direct:${person}`);
    case 'per-channel-peer':
      return apart(`agent:${agent}:${channel}:direct:${person}`);
    case 'per-account-channel-peer':
      return apart(ownKey);
    default:
      return { ...alike(mainKey, known(true, scope.at, scope.set)), ...policy, at };
  }
}

function groupSession(
  model: Model,
  query: PolicyQuery,
  agent: string,
  channel: string,
  route: Route | undefined,
): Found {
  const peer = query.peer!;
  const thread = peer.kind === 'thread' ? ':thread:<id>' : '';
  const kind = peer.kind === 'thread' ? 'channel' : peer.kind;
  // A Matrix room and a Signal group keep the case of their id.
  const keeps = model.target.secondEra && (channel === 'matrix' || (channel === 'signal' && kind === 'group'));
  const id = peer.id?.trim() ?? `<${kind}>`;
  const key = `agent:${agent}:${channel}:${kind}:${(keeps ? id : id.toLowerCase()) || 'unknown'}${thread}`;
  const at = keyRef('session', 'groupScope');
  if (!model.target.secondEra) return { ...alike(key, known(false, at, false)), at: [at] };
  const scope = sessionSetting(model, route, 'groupScope', 'per-group');
  if (!scope.known) return { ...alike(`agent:${agent}:<unknown>`, scope), at: [scope.at] };
  const joins = scope.value === 'main';
  const joined = `agent:${agent}:main${thread}`;
  return { ...alike(joins ? joined : key, known(joins && thread === '', scope.at, scope.set)), at: [scope.at] };
}

/** The binding's own word first, from 2026.8 on. */
function sessionSetting(
  model: Model,
  route: Route | undefined,
  key: 'dmScope' | 'groupScope',
  fallback: string,
): Fact<string> {
  const { settings, target } = model;
  if (target.secondEra && route?.binding !== undefined) {
    const own = settings.string(['bindings', route.binding, 'session', key], undefined);
    if (!own.known || own.value !== undefined) return own as Fact<string>;
  }
  return settings.string(['session', key], fallback);
}

/** `session.identityLinks`: the name under which somebody is known on several channels. */
function linkedIdentity(model: Model, channel: string, id: string): Fact<string> | undefined {
  const { settings } = model;
  const wanted = new Set([id.toLowerCase(), `${channel}:${id}`.toLowerCase()]);
  for (const name of settings.keys('session', 'identityLinks')) {
    const path = ['session', 'identityLinks', name];
    const ids = settings.strings(path);
    if (!ids.known) return unknownFact(ids.reason, ids.at);
    if (name.trim() !== '' && ids.value?.some((i) => wanted.has(i.toLowerCase())))
      return known(name.trim(), keyRef(...path));
  }
  return undefined;
}

/**
 * Whether a session key is the agent's main session, as the sandbox decides it: under `session.scope` `global` the alias
 * `global` too.
 */
export function isMainSessionKey(model: Model, agentId: string, sessionKey: string): Fact<boolean> {
  const agent = normalizeAgentId(agentId);
  const scope = model.settings.string(['session', 'scope'], 'per-sender');
  const key = sessionKey.trim();
  const aliases = ['main', `agent:${agent}:main`];
  if (model.target.secondEra) aliases.push('agent:main:main');
  if (aliases.includes(key)) return known(true, scope.at, false);
  if (key !== 'global') return known(false, scope.at, false);
  return scope.known ? known(scope.value === 'global', scope.at, scope.set) : scope;
}
