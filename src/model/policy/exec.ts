import { allOf, anyOf, type Fact, known, mapFact, unknownFact } from '../../core/fact.ts';
import { fileRef, type KeyPath, keyRef } from '../../core/ref.ts';
import type { Agent } from '../agents.ts';
import type { Model } from '../model.ts';
import type { ExecPolicy } from './query.ts';

const SECURITY = ['deny', 'allowlist', 'full'];
const ASK = ['off', 'on-miss', 'always'];

/** What `tools.exec.mode` stands for (2026.9.6). */
const MODES: Readonly<Record<string, readonly [security: string, ask: string]>> = {
  deny: ['deny', 'off'],
  allowlist: ['allowlist', 'off'],
  ask: ['allowlist', 'on-miss'],
  auto: ['allowlist', 'on-miss'],
  full: ['full', 'off'],
};

/**
 * Where a command runs and who is asked, without elevation. A sandbox asks nobody; a host `sandbox` that is written and not
 * there refuses. In 2026.3.7 an unset host without a sandbox runs on the gateway's machine unasked; on a written host the
 * stricter of config and approvals file holds.
 */
export function readExec(model: Model, agent: Agent | undefined, sandboxed: Fact<boolean>): ExecPolicy {
  const routes: KeyPath[] = [...(agent?.path ? [[...agent.path, 'tools', 'exec']] : []), ['tools', 'exec']];
  const host = readHost(model, routes, sandboxed);
  const { security, ask } = model.target.secondEra
    ? secondPolicy(model, agent, routes, host)
    : firstPolicy(model, agent, routes, host);
  const asks = anyOf(
    mapFact(ask, (a) => a === 'always'),
    allOf(
      mapFact(ask, (a) => a === 'on-miss'),
      mapFact(security, (s) => s === 'allowlist'),
    ),
  );
  const runs = allOf(
    mapFact(host, (h) => h !== 'none'),
    mapFact(security, (s) => s !== 'deny'),
  );
  return { host, security, ask, approvalNeeded: allOf(runs, asks) };
}

/** The first written value along the routes. */
function first(model: Model, routes: readonly KeyPath[], key: string): Fact<string | undefined> {
  for (const route of routes) {
    const fact = model.settings.string([...route, key], undefined);
    if (!fact.known || fact.value !== undefined) return fact;
  }
  return known(undefined, keyRef('tools', 'exec', key), false);
}

function readHost(model: Model, routes: readonly KeyPath[], sandboxed: Fact<boolean>): Fact<string> {
  const written = first(model, routes, 'host');
  if (!written.known) return written;
  const target = written.value ?? 'auto';
  if (target === 'gateway' || target === 'node') return known(target, written.at, written.set);
  if (!sandboxed.known) return sandboxed;
  if (sandboxed.value) return known('sandbox', written.set ? written.at : sandboxed.at, written.set || sandboxed.set);
  return known(target === 'sandbox' ? 'none' : 'gateway', written.at, written.set);
}

interface HostPolicy {
  readonly security: Fact<string>;
  readonly ask: Fact<string>;
}

function firstPolicy(
  model: Model,
  agent: Agent | undefined,
  routes: readonly KeyPath[],
  host: Fact<string>,
): HostPolicy {
  const written = first(model, routes, 'host');
  if (!host.known) return { security: host, ask: host };
  const free = { security: known('full', host.at, host.set), ask: known('off', host.at, host.set) };
  if (host.value === 'none') return { security: known('deny', host.at, host.set), ask: free.ask };
  // Lists and questions belong to a host that is written: the fallback is run as if it were the sandbox.
  if (host.value === 'sandbox' || (written.known && written.value === undefined)) return free;
  const security = mapFact(first(model, routes, 'security'), (s) => s ?? 'allowlist');
  const ask = first(model, routes, 'ask');
  const fileAsk = approval(model, undefined, 'ask');
  const ownAsk: Fact<string> =
    !ask.known || ask.value !== undefined
      ? (ask as Fact<string>)
      : fileAsk && !fileAsk.known
        ? fileAsk
        : fileAsk?.value !== undefined
          ? (fileAsk as Fact<string>)
          : known('on-miss', ask.at, false);
  const agentAsk = approval(model, agentId(model, agent), 'ask');
  return {
    security: stricter(security, approval(model, agentId(model, agent), 'security'), SECURITY, 'min'),
    // A file that says `off` silences the questions of the config as well.
    ask:
      agentAsk?.known && agentAsk.value === 'off' ? (agentAsk as Fact<string>) : stricter(ownAsk, agentAsk, ASK, 'max'),
  };
}

function secondPolicy(
  model: Model,
  agent: Agent | undefined,
  routes: readonly KeyPath[],
  host: Fact<string>,
): HostPolicy {
  if (!host.known) return { security: host, ask: host };
  if (host.value === 'none')
    return { security: known('deny', host.at, host.set), ask: known('off', host.at, host.set) };
  const inside = host.value === 'sandbox';
  const id = agentId(model, agent);
  const fileSecurity = inside ? undefined : approval(model, id, 'security');
  const fileAsk = inside ? undefined : approval(model, id, 'ask');
  const at = keyRef('tools', 'exec', 'security');
  // Inside a sandbox nothing is listed and nobody asked, unless the config says deny.
  let security: Fact<string> = known('full', at, false);
  let ask: Fact<string> = known('off', keyRef('tools', 'exec', 'ask'), false);
  if (fileSecurity && (!fileSecurity.known || fileSecurity.value !== undefined))
    security = fileSecurity as Fact<string>;
  if (fileAsk && (!fileAsk.known || fileAsk.value !== undefined)) ask = fileAsk as Fact<string>;
  // The shared settings, then the agent's own on top.
  for (const route of [...routes].reverse()) {
    const mode = model.settings.string([...route, 'mode'], undefined);
    if (!mode.known) return { security: mode, ask: mode };
    if (mode.value !== undefined && Object.hasOwn(MODES, mode.value)) {
      security = known(MODES[mode.value]![0], mode.at);
      ask = known(MODES[mode.value]![1], mode.at);
      continue;
    }
    const own = model.settings.string([...route, 'security'], undefined);
    const ownAsk = model.settings.string([...route, 'ask'], undefined);
    if (!own.known || own.value !== undefined) security = own as Fact<string>;
    if (!ownAsk.known || ownAsk.value !== undefined) ask = ownAsk as Fact<string>;
  }
  if (inside && security.known && security.value !== 'deny')
    return { security: known('full', host.at, host.set), ask: known('off', host.at, host.set) };
  return { security: stricter(security, fileSecurity, SECURITY, 'min'), ask: stricter(ask, fileAsk, ASK, 'max') };
}

function agentId(model: Model, agent: Agent | undefined): string {
  return agent?.normalizedId ?? model.agents.defaultId;
}

/** What the approvals file says of an agent (undefined: of all); undefined when it says nothing. */
function approval(
  model: Model,
  agent: string | undefined,
  key: 'security' | 'ask',
): Fact<string | undefined> | undefined {
  const file = model.snapshot.machine.execApprovals;
  if (!file) return undefined;
  const at = fileRef(file.path);
  if (file.error) return unknownFact(file.error, at);
  const scope = (id: string) => (Object.hasOwn(file.agents, id) ? file.agents[id]?.[key] : undefined);
  const value = (agent === undefined ? undefined : (scope(agent) ?? scope('*'))) ?? file.defaults[key];
  const order = key === 'security' ? SECURITY : ASK;
  return value !== undefined && order.includes(value) ? known(value, at) : undefined;
}

/** The smaller or the larger of two, in an order; what the file does not say changes nothing. */
function stricter(
  config: Fact<string>,
  file: Fact<string | undefined> | undefined,
  order: readonly string[],
  pick: 'min' | 'max',
): Fact<string> {
  if (!file || !config.known || (file.known && file.value === undefined)) return config;
  if (!file.known) return file;
  const [own, other] = [order.indexOf(config.value), order.indexOf(file.value!)];
  return (pick === 'min' ? other < own : other > own) ? (file as Fact<string>) : config;
}
