import { type GatewayUrl, parseGatewayUrl } from './url.ts';
import {
  type Credential,
  type CredentialInputs,
  localCredential,
  remoteCredential,
  runCredential,
} from './credential.ts';

/** OpenClaw's port when nothing names another. */
const DEFAULT_PORT = 18789;

/**
 * What decides where the gateway is and how to identify to it. The caller fills it from the audited config and the
 * process environment; a `.env` file and the config's `env` block must not be mixed in, because whoever can write these
 * would then choose where the secret goes.
 */
export interface GatewayTargetInputs extends CredentialInputs {
  /** `gateway.mode`. */
  readonly mode?: string;
  /** `gateway.port`. */
  readonly port?: number;
  /** `gateway.tls.enabled`. */
  readonly tls?: boolean;
  /** `gateway.remote.url`. */
  readonly remoteUrl?: string;
  /** Process environment as it was started, or the few names that are read here. */
  readonly processEnv: Readonly<Record<string, string | undefined>>;
  /** `--gateway-url`: the only way to a gateway on another machine. */
  readonly urlFlag?: string;
}

/** Where to go and with what, or why nowhere. */
export type GatewayTarget =
  | {
      readonly kind: 'probe';
      /** The URL to show: without a path of `/`, never with a user name or a query. */
      readonly url: string;
      readonly urlSource: UrlSource;
      readonly at: GatewayUrl;
      readonly credential: Credential;
    }
  | { readonly kind: 'refused'; readonly url: string; readonly urlSource: UrlSource; readonly reason: string };

export type UrlSource = 'flag' | 'process-env' | 'remote-url' | 'local';

/**
 * Chooses as OpenClaw 2026.3.7 and 2026.9.6 do: an explicit URL, `OPENCLAW_GATEWAY_URL` of the process environment,
 * `gateway.remote.url` in remote mode, else the loopback address with the port of `OPENCLAW_GATEWAY_PORT`, the config or
 * the default, whatever address the gateway binds. Two things differ on purpose. An address that is not loopback is
 * contacted only when it was given for this run. A secret goes only to the gateway that it belongs to: a wrong one counts
 * as a failed login there and can lock people out.
 */
export function selectGatewayTarget(inputs: GatewayTargetInputs): GatewayTarget {
  const local = localUrl(inputs);
  const remoteText = inputs.mode === 'remote' ? (inputs.remoteUrl?.trim() ?? '') : '';
  const envText = firstSet(inputs.processEnv, 'OPENCLAW_GATEWAY_URL', 'CLAWDBOT_GATEWAY_URL');
  const flagText = inputs.urlFlag?.trim() ?? '';

  const [urlSource, text] = (
    [
      ['flag', flagText],
      ['process-env', envText],
      ['remote-url', remoteText],
    ] as const
  ).find(([, value]) => value !== '') ?? ['local', local];

  const parsed = parseGatewayUrl(text);
  if (!parsed.ok) return { kind: 'refused', url: parsed.shown, urlSource, reason: parsed.reason };
  const { at, url } = parsed;
  if (!at.loopback && urlSource !== 'flag') {
    const reason = 'the address is not loopback; give it with --gateway-url to have it contacted';
    return { kind: 'refused', url, urlSource, reason };
  }
  const isOurs = (other: string): boolean => {
    const parsedOther = parseGatewayUrl(other);
    return parsedOther.ok && parsedOther.at.host === at.host && parsedOther.at.port === at.port;
  };
  const owner =
    isOurs(local) && remoteText === '' ? 'local' : remoteText !== '' && isOurs(remoteText) ? 'remote' : 'other';
  const credential =
    owner === 'local'
      ? localCredential(inputs)
      : owner === 'remote'
        ? remoteCredential(inputs)
        : runCredential(inputs, urlSource === 'process-env');
  if (credential.kind !== 'none' && !at.loopback && !at.secure) {
    const reason = 'ws:// would carry the secret in clear text over the network; use wss://';
    return { kind: 'probe', url, urlSource, at, credential: { kind: 'none', reason } };
  }
  return { kind: 'probe', url, urlSource, at, credential };
}

function localUrl(inputs: GatewayTargetInputs): string {
  const fromEnv = firstSet(inputs.processEnv, 'OPENCLAW_GATEWAY_PORT', 'CLAWDBOT_GATEWAY_PORT');
  const candidates = [/^\d{1,5}$/.test(fromEnv) ? Number(fromEnv) : undefined, inputs.port];
  const port = candidates.find((p) => p !== undefined && Number.isInteger(p) && p > 0 && p < 65536) ?? DEFAULT_PORT;
  return `${inputs.tls === true ? 'wss' : 'ws'}://127.0.0.1:${port}`;
}

/** The first of these variables that is set and not blank, trimmed; '' when none is. */
function firstSet(env: Readonly<Record<string, string | undefined>>, ...names: string[]): string {
  return (
    names.map((name) => (Object.hasOwn(env, name) ? (env[name]?.trim() ?? '') : '')).find((value) => value !== '') ?? ''
  );
}
