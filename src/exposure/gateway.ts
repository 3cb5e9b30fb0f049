import type { PrincipalKind } from '../core/exposure.ts';
import type { Fact } from '../core/fact.ts';
import { keyRef, type Ref } from '../core/ref.ts';
import type { SecretFact } from '../core/secret.ts';
import { HTTP_DENIED_TOOLS } from '../model/data/http-tools.ts';
import type { Credential, Gateway } from '../model/gateway.ts';
import type { Model } from '../model/model.ts';
import type { Arrival, Landing, Sink } from './arrivals.ts';
import { holds, open, untold } from './boundary.ts';
import type { Conversation } from './capabilities.ts';
import type { Boundary, Standing } from './graph.ts';
import type { Landings } from './landings.ts';

/** Somebody who can open a connection to the gateway's port. */
export interface Caller {
  readonly principal: PrincipalKind;
  readonly standing: Standing;
  readonly network: Boundary;
  /** Runs on the gateway's machine. */
  readonly local: boolean;
}

/** Who reaches the port, by bind and tailscale mode. Users of the machine always do. */
export function callersOf(gateway: Gateway): readonly Caller[] {
  const { bind, nonLoopback, tailscaleMode, customBindHost } = gateway;
  const out: Caller[] = [];
  const add = (principal: PrincipalKind, network: Boundary, local = false) =>
    out.push({ principal, standing: local ? 'circle' : 'stranger', network, local });
  if (tailscaleMode.value === 'funnel')
    add('internet', open('network', 'Tailscale Funnel publishes the port', [tailscaleMode.at], { lever: 'funnel' }));
  const who = bind.value === 'tailnet' ? 'tailnet' : publicHost(bind, customBindHost) ? 'internet' : 'lan';
  const at = bind.value === 'custom' ? [bind.at, customBindHost.at] : [bind.at];
  if (!nonLoopback.known)
    add('lan', untold('network', `who reaches the port? ${nonLoopback.reason}`, [nonLoopback.at]));
  else if (nonLoopback.value)
    add(who, open('network', `the gateway listens beyond this machine (${bind.value})`, at, { lever: 'bind' }));
  else add('lan', holds('network', 'the gateway listens on this machine only', bind.at));
  if (tailscaleMode.value === 'serve')
    add('tailnet', open('network', 'Tailscale Serve offers the port', [tailscaleMode.at], { lever: 'funnel' }));
  add('local-user', open('network', 'users of this machine reach the port', [bind.at]), true);
  return out;
}

/** A custom address that is not of a private range. */
function publicHost(bind: Fact<string>, host: Fact<string | undefined>): boolean {
  if (bind.value !== 'custom' || !host.value) return false;
  return (
    /^\d+\.\d+\.\d+\.\d+$/.test(host.value) &&
    !/^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(
      host.value,
    )
  );
}

/** The three surfaces of the gateway: its protocol, its HTTP endpoints for agents, and single tools over HTTP. */
export function addGateway(model: Model, sink: Sink, landings: Landings): void {
  const { gateway } = model;
  if (gateway.mode.value === 'remote') {
    sink.gap('The gateway runs on another machine; its doors are not those of this config.');
    return;
  }
  const owner = once(
    (): Landing => ({
      agentId: model.agents.defaultId,
      session: 'main session',
      boundaries: [],
      conversation: landings.policyOf({ agentId: model.agents.defaultId }),
    }),
  );
  const served = once(() => toolsInvoke(model, owner()));
  for (const caller of callersOf(gateway)) {
    if (sink.done) return;
    const auth = gatewayAuth(model, caller);
    const add = (
      kind: string,
      one: string,
      step: string,
      more: readonly Boundary[],
      behind: Pick<Arrival, 'landings' | 'reaches'>,
    ) =>
      sink.add({
        principal: caller.principal,
        standing: caller.standing,
        door: { kind, one, many: one, member: '' },
        step,
        boundaries: [caller.network, auth, ...more],
        ...behind,
      });
    add('control', 'gateway control connection', 'connects as an operator', [device(model, caller)], CONTROL);
    for (const { path, at } of gateway.httpEndpoints) {
      const keys = at.kind === 'key' ? at.path : [];
      const on = open('auth', 'the endpoint is on', [at], { lever: 'http-endpoint', path: keys, label: path });
      const behind = path.startsWith('/v1/') ? { landings: () => [owner()] } : CONTROL;
      add(`http ${path}`, `gateway ${path}`, 'sends a request', [on], behind);
    }
    add('http tools', 'gateway /tools/invoke', 'calls a tool', [], { landings: () => [served()] });
  }
  addDriveBy(model, sink, owner, served);
}

/** An operator of the gateway changes the config and answers approvals, and so runs what they like. */
export const CONTROL: Pick<Arrival, 'reaches'> = {
  reaches: [{ asset: 'host-shell', text: 'changes the config and answers approvals', boundaries: [] }],
};

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Whether a caller has to know a secret, and whether that deserves the name. */
export function gatewayAuth(model: Model, caller: Pick<Caller, 'local' | 'principal'>): Boundary {
  const { gateway } = model;
  const { authMode, resolvedAuthMode: mode } = gateway;
  const lever = { lever: 'gateway-secret' } as const;
  if (!authMode.known) return untold('auth', `is a secret asked for? ${authMode.reason}`, [authMode.at]);
  if (mode.value === 'none') return open('auth', 'the gateway asks for no secret (mode none)', [authMode.at], lever);
  if (mode.value === 'trusted-proxy') return trustedProxy(model, caller.local);
  const credential = mode.value === 'password' ? gateway.password : gateway.token;
  const words = mode.value === 'password' ? 'password' : 'token';
  if (credential.resolved) return secretStrength(credential.resolved, words, lever);
  return missingSecret(credential, words, caller.local, lever);
}

/** Whether a secret that is asked for can be known to others. */
export function secretStrength(
  { secret, at }: { readonly secret: SecretFact; readonly at: Ref },
  words: string,
  ...levers: readonly { readonly lever: 'gateway-secret' | 'hook-secret' | 'hooks-off' }[]
): Boundary {
  if (secret.placeholder)
    return {
      kind: 'auth',
      state: 'open',
      text: `the ${words} is ${secret.placeholder === 'example' ? 'one that is printed in public documentation' : 'a placeholder'}`,
      refs: [at],
      levers,
    };
  if (secret.weakness)
    return { kind: 'auth', state: 'open', text: `the ${words} is easy to guess`, refs: [at], levers };
  return holds('auth', `a ${words} is asked for`, at);
}

function missingSecret(
  credential: Credential,
  words: string,
  local: boolean,
  lever: { readonly lever: 'gateway-secret' },
): Boundary {
  const { configured } = credential;
  switch (configured.state) {
    case 'reference':
      return holds('auth', `a ${words} is asked for, kept elsewhere`, configured.at);
    case 'unresolved':
      return untold('auth', `is there a ${words}? \${${configured.names[0]}} is not set here`, [configured.at], lever);
    case 'unknown':
      return untold('auth', `is there a ${words}? ${configured.reason}`, [configured.at], lever);
    default:
      // Both versions make up a token at start when the config has none.
      return local
        ? holds('auth', `no ${words} is set, and OpenClaw makes one up at start`, configured.at)
        : untold('auth', `no ${words} is set; did OpenClaw make one up at start?`, [configured.at], lever);
  }
}

/** The identity comes from a header of a proxy: whoever can play the proxy can be anybody. */
function trustedProxy({ gateway, target }: Model, local: boolean): Boundary {
  const { trustedProxies, trustedProxy: proxy, authMode } = gateway;
  if (!trustedProxies.known) return untold('auth', `who is the proxy? ${trustedProxies.reason}`, [trustedProxies.at]);
  const list = trustedProxies.value ?? [];
  if (list.some((p) => /\/0$/.test(p.trim())))
    return open('auth', 'every address counts as the trusted proxy', [trustedProxies.at, authMode.at]);
  const here = list.some((p) => /^(?:127\.|::1|localhost)/i.test(p.trim()));
  // Only 2026.9.6 asks before it believes a proxy on its own machine.
  if (local && here && (proxy.allowLoopback.value === true || !target.secondEra))
    return open('auth', 'a local program can pass itself off as the proxy', [trustedProxies.at, authMode.at]);
  return holds('auth', 'a proxy vouches for the caller', authMode.at);
}

/**
 * A new device waits for approval, unless it connects from the machine itself. Without a secret 2026.9.6 lets some local
 * clients in; with one a client needs no device at all.
 */
function device({ gateway, target }: Model, { local }: Caller): Boundary {
  const { deviceAuthDisabled } = gateway.controlUi;
  const ask: Ref = keyRef('gateway', 'auth', 'mode');
  if (gateway.resolvedAuthMode.value === 'token' || gateway.resolvedAuthMode.value === 'password')
    return open('pairing', 'with the secret no approval of the device is needed', [ask]);
  if (local) return open('pairing', 'devices on this machine are approved by themselves', [ask]);
  if (!target.secondEra && deviceAuthDisabled.value === true && gateway.controlUiEnabled.value !== false)
    return open('pairing', 'the Control UI takes devices without approval', [deviceAuthDisabled.at], {
      lever: 'device-auth',
    });
  return target.secondEra
    ? untold('pairing', 'does a new device wait for approval? some clients need none', [ask])
    : holds('pairing', 'a new device waits for approval', ask);
}

/** `/tools/invoke` runs single tools, but not those that it refuses unless `gateway.tools.allow` names them. */
function toolsInvoke(model: Model, owner: Landing): Landing {
  const { settings, target } = model;
  const allow = settings.strings(['gateway', 'tools', 'allow']);
  const deny = settings.strings(['gateway', 'tools', 'deny']);
  const allowed = new Set((allow.value ?? []).map((t) => t.toLowerCase()));
  const denied = new Set((deny.value ?? []).map((t) => t.toLowerCase()));
  const refused = new Set(HTTP_DENIED_TOOLS[target.secondEra ? 'second' : 'first']);
  const conversation: Conversation = {
    ...owner.conversation,
    serves: (tool) => {
      // In 2026.3.7 commands and files are no tools of this endpoint.
      if (!target.secondEra && CODING.has(tool)) return undefined;
      if (denied.has(tool)) return undefined;
      if (!refused.has(tool))
        return open('tool-policy', `/tools/invoke serves ${tool}`, [deny.at], { lever: 'http-tools', tool });
      if (!allow.known) return untold('tool-policy', `does /tools/invoke serve ${tool}? ${allow.reason}`, [allow.at]);
      return allowed.has(tool)
        ? open('tool-policy', `gateway.tools.allow names ${tool}`, [allow.at], { lever: 'http-tools', tool })
        : undefined;
    },
  };
  return { ...owner, session: 'HTTP call', conversation };
}

const CODING = new Set(['exec', 'process', 'read', 'write', 'edit', 'apply_patch']);

/** A page in the owner's browser can send requests to this machine; without a secret 2026.3.7 answers them. */
function addDriveBy(model: Model, sink: Sink, owner: () => Landing, served: () => Landing): void {
  const { gateway, target } = model;
  if (target.secondEra || gateway.resolvedAuthMode.value !== 'none') return;
  const auth = gatewayAuth(model, { local: true, principal: 'content-author' });
  const page = open('network', 'a page in a browser on this machine reaches the port', [gateway.bind.at]);
  const add = (kind: string, one: string, landing: () => Landing) =>
    sink.add({
      principal: 'content-author',
      standing: 'stranger',
      door: { kind: `drive-by ${kind}`, one, many: one, member: '' },
      step: 'sends a request from a web page',
      boundaries: [page, auth],
      landings: () => [landing()],
    });
  for (const { path } of gateway.httpEndpoints) if (path.startsWith('/v1/')) add(path, `gateway ${path}`, owner);
  add('tools', 'gateway /tools/invoke', served);
}
