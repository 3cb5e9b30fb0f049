import { allOf, anyOf, type Fact, known, mapFact, unknownFact } from '../core/fact.ts';
import { envRef, type KeyPath, keyRef, type Ref } from '../core/ref.ts';
import type { SecretFact } from '../core/secret.ts';
import type { EnvFacts } from '../core/snapshot.ts';
import type { SecretInput, Settings } from './settings.ts';

/** What decides the gateway's shared secret of one kind. */
export interface Credential {
  /** `gateway.auth.token` or `gateway.auth.password`. */
  readonly configured: SecretInput;
  /** From the gateway's environment; the `CLAWDBOT_*` names are not read by the gateway. */
  readonly env: { readonly secret: SecretFact; readonly at: Ref } | undefined;
  /** `gateway.remote.token` or `.password`: what a *client* of a remote gateway sends. */
  readonly remote: SecretInput;
  /** The value in force: config first, then environment. Undefined when there is none that can be read. */
  readonly resolved: { readonly secret: SecretFact; readonly at: Ref } | undefined;
}

export interface Gateway {
  readonly mode: Fact<string | undefined>;
  /** `loopback` unless written. */
  readonly bind: Fact<string>;
  readonly customBindHost: Fact<string | undefined>;
  readonly tailscaleMode: Fact<string>;
  /** Other machines reach the port directly: a bind that is not loopback. */
  readonly nonLoopback: Fact<boolean>;
  /** Other machines reach the gateway: by its bind, or through tailscale serve or funnel. */
  readonly exposed: Fact<boolean>;
  readonly authMode: Fact<string | undefined>;
  readonly token: Credential;
  readonly password: Credential;
  /** The mode in force: the written one, else `password` if only a password is there, else `token`. */
  readonly resolvedAuthMode: Fact<string>;
  readonly allowTailscale: Fact<boolean>;
  /** Requests need the shared secret that the mode asks for. */
  readonly sharedSecret: Fact<boolean>;
  /** A token, or a password, is there, whether or not the mode asks for it. */
  readonly tokenPresent: Fact<boolean>;
  readonly passwordPresent: Fact<boolean>;
  readonly controlUiEnabled: Fact<boolean>;
  readonly controlUi: {
    readonly allowedOrigins: Fact<readonly string[] | undefined>;
    readonly hostHeaderFallback: Fact<boolean>;
    readonly insecureAuth: Fact<boolean>;
    readonly deviceAuthDisabled: Fact<boolean>;
  };
  readonly trustedProxies: Fact<readonly string[] | undefined>;
  readonly trustedProxy: {
    readonly userHeader: Fact<string | undefined>;
    readonly allowUsers: Fact<readonly string[] | undefined>;
    readonly allowLoopback: Fact<boolean>;
    readonly autoApprove: Fact<boolean>;
    readonly autoApproveScopes: Fact<readonly string[] | undefined>;
  };
  readonly realIpFallback: Fact<boolean>;
  /** Node commands in either spelling: `gateway.nodes.commands.allow` or `gateway.nodes.allowCommands`. */
  readonly nodeAllow: Fact<readonly string[] | undefined>;
  readonly nodeDeny: Fact<readonly string[] | undefined>;
  /** A request from this machine needs a secret or an identity: the shared secret, tailscale identity, a trusted proxy. */
  readonly loopbackAuth: Fact<boolean>;
  /** HTTP endpoints that are switched on beside `/tools/invoke`. */
  readonly httpEndpoints: readonly { readonly path: string; readonly at: Ref }[];
}

/** Reads `gateway.*` and the gateway's environment. */
export function readGateway(settings: Settings, env: EnvFacts): Gateway {
  const bind = settings.string(['gateway', 'bind'], 'loopback');
  const customBindHost = settings.string(['gateway', 'customBindHost'], undefined);
  const tailscaleMode = settings.string(['gateway', 'tailscale', 'mode'], 'off');
  const nonLoopback = readNonLoopback(bind, customBindHost);
  const exposed = anyOf(
    nonLoopback,
    mapFact(tailscaleMode, (m) => m === 'serve' || m === 'funnel'),
  );
  const authMode = settings.string(['gateway', 'auth', 'mode'], undefined);
  const token = readCredential(settings, env, 'token', 'OPENCLAW_GATEWAY_TOKEN');
  const password = readCredential(settings, env, 'password', 'OPENCLAW_GATEWAY_PASSWORD');
  const resolvedAuthMode = mapFact(authMode, (mode) => mode ?? (password.resolved ? 'password' : 'token'));
  const shellEnv =
    settings.boolean(['env', 'shellEnv', 'enabled'], false).value === true ||
    /^(?:1|true|yes|on)$/i.test(env.vars.OPENCLAW_LOAD_SHELL_ENV?.value?.trim() ?? '');
  const allowTailscale = readAllowTailscale(settings, tailscaleMode, resolvedAuthMode);
  const sharedSecret = readSharedSecret(authMode, token, password, shellEnv);
  return {
    mode: settings.string(['gateway', 'mode'], undefined),
    bind,
    customBindHost,
    tailscaleMode,
    nonLoopback,
    exposed,
    authMode,
    token,
    password,
    resolvedAuthMode,
    allowTailscale,
    sharedSecret,
    tokenPresent: presence(token, shellEnv),
    passwordPresent: presence(password, shellEnv),
    loopbackAuth: anyOf(
      sharedSecret,
      allOf(
        allowTailscale,
        mapFact(tailscaleMode, (m) => m === 'serve'),
      ),
    ),
    httpEndpoints: readHttpEndpoints(settings),
    controlUiEnabled: settings.boolean(['gateway', 'controlUi', 'enabled'], true),
    controlUi: {
      allowedOrigins: settings.strings(['gateway', 'controlUi', 'allowedOrigins']),
      hostHeaderFallback: settings.boolean(['gateway', 'controlUi', 'dangerouslyAllowHostHeaderOriginFallback'], false),
      insecureAuth: settings.boolean(['gateway', 'controlUi', 'allowInsecureAuth'], false),
      deviceAuthDisabled: settings.boolean(['gateway', 'controlUi', 'dangerouslyDisableDeviceAuth'], false),
    },
    trustedProxies: settings.strings(['gateway', 'trustedProxies']),
    trustedProxy: {
      userHeader: settings.string(['gateway', 'auth', 'trustedProxy', 'userHeader'], undefined),
      allowUsers: settings.strings(['gateway', 'auth', 'trustedProxy', 'allowUsers']),
      allowLoopback: settings.boolean(['gateway', 'auth', 'trustedProxy', 'allowLoopback'], false),
      autoApprove: settings.boolean(['gateway', 'auth', 'trustedProxy', 'deviceAutoApprove', 'enabled'], false),
      autoApproveScopes: settings.strings(['gateway', 'auth', 'trustedProxy', 'deviceAutoApprove', 'scopes']),
    },
    realIpFallback: settings.boolean(['gateway', 'allowRealIpFallback'], false),
    nodeAllow: firstStrings(settings, ['gateway', 'nodes', 'commands', 'allow'], ['gateway', 'nodes', 'allowCommands']),
    nodeDeny: firstStrings(settings, ['gateway', 'nodes', 'commands', 'deny'], ['gateway', 'nodes', 'denyCommands']),
  };
}

const LOOPBACK_HOST = /^(?:127(?:\.\d{1,3}){3}|::1|\[::1\]|localhost)$/i;

/** True for names and addresses that never leave the machine. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_HOST.test(host.trim());
}

/** `custom` with a loopback host stays on the machine; the reference calls it exposed. */
function readNonLoopback(bind: Fact<string>, host: Fact<string | undefined>): Fact<boolean> {
  if (!bind.known || bind.value !== 'custom') return mapFact(bind, (b) => b !== 'loopback');
  if (!host.known) return host;
  return known(!(host.value && isLoopbackHost(host.value)), bind.at, bind.set);
}

function readAllowTailscale(settings: Settings, tailscale: Fact<string>, mode: Fact<string>): Fact<boolean> {
  const written = settings.boolean(['gateway', 'auth', 'allowTailscale'], undefined);
  if (!written.known || written.value !== undefined) return written as Fact<boolean>;
  if (!tailscale.known || !mode.known) return tailscale.known ? (mode as Fact<never>) : tailscale;
  return known(
    tailscale.value === 'serve' && mode.value !== 'password' && mode.value !== 'trusted-proxy',
    written.at,
    false,
  );
}

function readCredential(settings: Settings, env: EnvFacts, kind: 'token' | 'password', envName: string): Credential {
  const configured = settings.secret('gateway', 'auth', kind);
  const remote = settings.secret('gateway', 'remote', kind);
  const fact = env.vars[envName]?.secret;
  const fromEnv = fact && fact.placeholder !== 'empty' ? { secret: fact, at: envRef(envName) } : undefined;
  const resolved = configured.state === 'value' ? { secret: configured.secret, at: configured.at } : fromEnv;
  return { configured, env: fromEnv, remote, resolved };
}

/** A secret that OpenClaw will find at run time, as far as can be told offline. */
function presence(credential: Credential, shellEnv: boolean): Fact<boolean> {
  if (credential.resolved) return known(true, credential.resolved.at);
  const { configured } = credential;
  if (configured.state === 'absent' && shellEnv)
    return unknownFact('OpenClaw asks the login shell for it, which is not run here', keyRef('env', 'shellEnv'));
  switch (configured.state) {
    case 'reference':
      return unknownFact(`the ${configured.source} secret reference is not read offline`, configured.at);
    case 'unresolved':
      return unknownFact(`\${${configured.names[0]}} is not set`, configured.at);
    case 'unknown':
      return unknownFact(configured.reason, configured.at);
    default:
      return known(false, configured.at, false);
  }
}

function readSharedSecret(
  authMode: Fact<string | undefined>,
  token: Credential,
  password: Credential,
  shellEnv: boolean,
): Fact<boolean> {
  if (!authMode.known) return authMode;
  switch (authMode.value) {
    case 'token':
      return presence(token, shellEnv);
    case 'password':
      return presence(password, shellEnv);
    case undefined:
      return anyOf(presence(token, shellEnv), presence(password, shellEnv));
    default:
      return known(false, keyRef('gateway', 'auth', 'mode'));
  }
}

/** The newer spelling where it is written, else the older one. */
function firstStrings(settings: Settings, newer: KeyPath, older: KeyPath): Fact<readonly string[] | undefined> {
  return settings.strings(settings.has(...newer) || !settings.has(...older) ? newer : older);
}

const HTTP_ENDPOINTS = [
  { path: '/v1/chat/completions', key: ['gateway', 'http', 'endpoints', 'chatCompletions', 'enabled'] },
  { path: '/v1/responses', key: ['gateway', 'http', 'endpoints', 'responses', 'enabled'] },
  { path: '/api/v1/admin/rpc', key: ['plugins', 'entries', 'admin-http-rpc', 'enabled'] },
] as const;

function readHttpEndpoints(settings: Settings): { path: string; at: Ref }[] {
  return HTTP_ENDPOINTS.filter(({ key }) => settings.boolean(key, false).value === true).map(({ path, key }) => ({
    path,
    at: keyRef(...key),
  }));
}
