import { type KeyPath, keyRef } from '../core/ref.ts';
import type { Model } from '../model/model.ts';
import type { Landing, Sink } from './arrivals.ts';
import { holds, open, untold } from './boundary.ts';
import type { Conversation } from './capabilities.ts';
import { CONTROL, callersOf, secretStrength } from './gateway.ts';
import type { Boundary } from './graph.ts';
import type { Landings } from './landings.ts';

/** Webhooks: who holds the token, who gets in without, and whose text they carry. */
export function addHooks(model: Model, sink: Sink, landings: Landings): void {
  const { hooks, gateway } = model;
  addReusedSecret(model, sink);
  if (hooks.enabled.value === false || gateway.mode.value === 'remote') return;
  const running = runningBoundary(model);
  const agents = reachableAgents(model);
  const behind = { landings: () => agents.ids.flatMap((id) => hookLandings(model, landings, id, agents.boundary)) };
  const door = { kind: 'hooks', one: 'webhooks (/hooks/agent)', many: 'webhooks', member: '' };
  const auth = hookAuth(model);
  const step = 'posts to a webhook';
  for (const { principal, standing, network } of callersOf(gateway))
    sink.add({ principal, standing, door, step, boundaries: [...running, network, auth], ...behind });
  const token = open('auth', 'the caller holds the webhook token', [hooks.token.at], { lever: 'hooks-off' });
  sink.add({ principal: 'webhook-caller', standing: 'circle', door, step, boundaries: [...running, token], ...behind });
}

/** Who was given the webhook token holds the gateway's then, also once webhooks are off. */
function addReusedSecret({ hooks, gateway }: Model, sink: Sink): void {
  const secret = gateway.resolvedAuthMode.value === 'password' ? gateway.password.resolved : gateway.token.resolved;
  if (gateway.mode.value === 'remote' || hooks.token.state !== 'value' || !secret) return;
  if (hooks.token.secret.fingerprint !== secret.secret.fingerprint) return;
  const one = 'gateway control connection';
  sink.add({
    principal: 'webhook-caller',
    standing: 'circle',
    door: { kind: 'control', one, many: one, member: '' },
    step: 'connects as an operator',
    boundaries: [
      open('auth', 'the webhook token is the secret of the gateway too', [hooks.token.at, secret.at], {
        lever: 'hook-secret',
      }),
    ],
    ...CONTROL,
  });
}

function runningBoundary({ hooks }: Model): Boundary[] {
  return hooks.enabled.known ? [] : [untold('network', `are webhooks on? ${hooks.enabled.reason}`, [hooks.enabled.at])];
}

function hookAuth({ hooks }: Model): Boundary {
  const { token } = hooks;
  const levers = [{ lever: 'hook-secret' }, { lever: 'hooks-off' }] as const;
  switch (token.state) {
    case 'value':
      return secretStrength(token, 'webhook token', ...levers);
    case 'reference':
      return holds('auth', 'a webhook token is asked for, kept elsewhere', token.at);
    case 'unresolved':
      return untold('auth', `is there a webhook token? \${${token.names[0]}} is not set here`, [token.at], ...levers);
    case 'unknown':
      return untold('auth', `is there a webhook token? ${token.reason}`, [token.at], ...levers);
    default:
      return untold('auth', 'no webhook token is set; OpenClaw should refuse to start', [token.at], ...levers);
  }
}

/** The agents a caller may name: those listed, or all. */
function reachableAgents(model: Model): { ids: readonly string[]; boundary: Boundary } {
  const { allowedAgentIds } = model.hooks;
  const all = model.agents.written.length > 0 ? model.agents.written.map((a) => a.normalizedId) : ['main'];
  const listed = allowedAgentIds.value;
  if (!listed || listed.includes('*'))
    return {
      ids: all,
      boundary: open('routing', all.length > 1 ? 'the caller names any agent' : 'the only agent answers', [
        allowedAgentIds.at,
      ]),
    };
  const ids = all.filter((id) => listed.some((l) => l.trim().toLowerCase() === id));
  return { ids, boundary: open('routing', 'the caller names one of the listed agents', [allowedAgentIds.at]) };
}

function hookLandings(model: Model, landings: Landings, agentId: string, route: Boundary): Landing[] {
  const own: Landing = {
    agentId,
    session: 'webhook session',
    boundaries: [route],
    conversation: isolated(landings, agentId),
  };
  const key = sessionKey(model, agentId);
  if (!key) return [own];
  const lever = { lever: 'session-key' } as const;
  const conversation = landings.policyOf({ agentId });
  // Where no sandbox tells the sessions apart, the main one gives no more than the others.
  const same = conversation.policy.sandbox.mode.known && conversation.policy.sandbox.mode.value !== 'non-main';
  const main: Landing = {
    agentId,
    session: 'session named by the caller',
    boundaries: [route, { ...key, levers: [lever] }],
    conversation,
    ...(same ? { sharedOnly: true as const } : {}),
    shared: { text: 'acts in the conversation of others', boundaries: [] },
  };
  return [own, main];
}

/** A conversation of its own, like that of a group: never the main one. */
function isolated(landings: Landings, agentId: string): Conversation {
  return landings.policyOf({ agentId, channel: 'webhook', peer: { kind: 'group' }, sender: { class: 'allowed' } });
}

/** Whether the caller may pick the main conversation; undefined when not. */
function sessionKey({ hooks }: Model, agentId: string): Boundary | undefined {
  const { allowRequestSessionKey: may, allowedSessionKeyPrefixes: prefixes } = hooks;
  if (!may.known) return untold('routing', `does the caller name the session? ${may.reason}`, [may.at]);
  if (!may.value) return undefined;
  if (!prefixes.known)
    return untold('routing', `which sessions may the caller name? ${prefixes.reason}`, [prefixes.at]);
  const listed = (prefixes.value ?? []).map((p) => p.toLowerCase());
  const main = [`agent:${agentId}:main`, 'main'];
  if (listed.length > 0 && !listed.some((p) => main.some((m) => m.startsWith(p)))) return undefined;
  return open('routing', 'the caller names the session it lands in', [may.at, prefixes.at]);
}

/** Mail and mapped webhooks carry text of people who hold no token. */
export function addMail(model: Model, sink: Sink, landings: Landings): void {
  const { settings, hooks, gateway } = model;
  if (hooks.enabled.value === false || gateway.mode.value === 'remote') return;
  const running = runningBoundary(model);
  const add = (kind: string, one: string, path: KeyPath, flag: KeyPath, agentId: string): void => {
    const unsafe = settings.boolean(flag, false);
    const raw = unsafe.known && unsafe.value;
    sink.add({
      principal: 'content-author',
      standing: raw ? 'stranger' : 'indirect',
      door: { kind: `content ${kind} ${String(raw)}`, one, many: 'webhooks that carry text of others', member: one },
      step: raw ? 'writes what the agent takes as its task' : 'writes what the agent reads, marked as foreign',
      boundaries: [
        ...running,
        raw
          ? open('approval', 'text from outside is not marked as such', [unsafe.at], {
              lever: 'unsafe-content',
              path: flag,
            })
          : open('approval', 'text from outside is marked, which the model may overlook', [keyRef(...path)]),
      ],
      landings: () => [
        { agentId, session: 'webhook session', boundaries: [], conversation: isolated(landings, agentId) },
      ],
    });
  };
  const agentOf = (written: string | undefined) =>
    model.agents.written.find((a) => a.normalizedId === written?.trim().toLowerCase())?.normalizedId ??
    model.agents.defaultId;
  const preset = settings.strings(['hooks', 'presets']).value?.includes('gmail');
  if (preset || settings.has('hooks', 'gmail'))
    add(
      'gmail',
      'mail (hooks.gmail)',
      ['hooks', 'gmail'],
      ['hooks', 'gmail', 'allowUnsafeExternalContent'],
      agentOf(undefined),
    );
  for (let i = 0; i < settings.count('hooks', 'mappings'); i++) {
    const path: KeyPath = ['hooks', 'mappings', i];
    if (settings.string([...path, 'action'], 'agent').value === 'wake') continue;
    const name = settings.string([...path, 'id'], undefined).value ?? String(i);
    add(
      `mapping ${i}`,
      `webhook mapping ${name}`,
      path,
      [...path, 'allowUnsafeExternalContent'],
      agentOf(settings.string([...path, 'agentId'], undefined).value),
    );
  }
}
