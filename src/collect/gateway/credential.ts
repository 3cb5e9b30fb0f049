import { HeldSecret } from './held-secret.ts';

/** A secret as the config has it: a value after `${NAME}` substitution, or the reason why there is none. */
export type ConfiguredSecret = { readonly value: string } | { readonly unresolved: string };

/** A secret that OpenClaw finds in a variable, and where the variable is set. */
export interface EnvSecret {
  readonly value: string;
  readonly from: 'process-env' | 'state-dotenv' | 'config-env';
}

export interface CredentialInputs {
  /** `gateway.auth.mode`. */
  readonly authMode?: string;
  /** `gateway.auth.token` and `gateway.auth.password`. */
  readonly token?: ConfiguredSecret;
  readonly password?: ConfiguredSecret;
  /** `gateway.remote.token` and `gateway.remote.password`. */
  readonly remoteToken?: ConfiguredSecret;
  readonly remotePassword?: ConfiguredSecret;
  /** `OPENCLAW_GATEWAY_TOKEN` and `OPENCLAW_GATEWAY_PASSWORD`. */
  readonly envToken?: EnvSecret;
  readonly envPassword?: EnvSecret;
  /** `--auth`, `--token`, `--password`: for this run only. */
  readonly authFlag?: 'none' | 'token' | 'password' | 'trusted-proxy';
  readonly tokenFlag?: string;
  readonly passwordFlag?: string;
}

/** The one secret that is sent, or why none is. Never more than one: a second one says more than the gateway asked for. */
export type Credential =
  | { readonly kind: 'token' | 'password'; readonly secret: HeldSecret; readonly from: CredentialSource }
  | { readonly kind: 'none'; readonly reason: string };

export type CredentialSource = 'flag' | 'config' | 'remote-config' | EnvSecret['from'];

type Kind = 'token' | 'password';
type Candidate =
  | { readonly value: string; readonly from: CredentialSource }
  | { readonly unresolved: string }
  | undefined;

/**
 * For the gateway of the audited config. The config comes before the environment, because that is the order in which both
 * known versions of the gateway itself decide what they accept.
 */
export function localCredential(inputs: CredentialInputs): Credential {
  const candidates: Record<Kind, Candidate> = {
    token: pick(flagSecret(inputs, 'token'), configured(inputs.token, 'config'), inputs.envToken),
    password: pick(flagSecret(inputs, 'password'), configured(inputs.password, 'config'), inputs.envPassword),
  };
  const mode = flaggedMode(inputs) ?? inputs.authMode ?? (candidates.password ? 'password' : 'token');
  return ofMode(
    mode,
    candidates,
    (kind) => `no ${kind} is set in gateway.auth.${kind} or $OPENCLAW_GATEWAY_${kind.toUpperCase()}`,
  );
}

/** For the gateway of `gateway.remote.url`: only what is meant for it. */
export function remoteCredential(inputs: CredentialInputs): Credential {
  const candidates: Record<Kind, Candidate> = {
    token: pick(flagSecret(inputs, 'token'), configured(inputs.remoteToken, 'remote-config')),
    password: pick(flagSecret(inputs, 'password'), configured(inputs.remotePassword, 'remote-config')),
  };
  const mode = flaggedMode(inputs) ?? (candidates.token || !candidates.password ? 'token' : 'password');
  return ofMode(mode, candidates, () => 'neither gateway.remote.token nor gateway.remote.password is set');
}

/** For any other gateway: only what was given for this run, or stands in the environment beside its URL. */
export function runCredential(inputs: CredentialInputs, urlFromEnv: boolean): Credential {
  const beside = (secret: EnvSecret | undefined): EnvSecret | undefined =>
    urlFromEnv && secret?.from === 'process-env' ? secret : undefined;
  const candidates: Record<Kind, Candidate> = {
    token: pick(flagSecret(inputs, 'token'), beside(inputs.envToken)),
    password: pick(flagSecret(inputs, 'password'), beside(inputs.envPassword)),
  };
  const mode = flaggedMode(inputs) ?? (candidates.token || !candidates.password ? 'token' : 'password');
  return ofMode(
    mode,
    candidates,
    (kind) => `this is not the gateway of the audited config; give its secret with --${kind}`,
  );
}

function ofMode(mode: string, candidates: Record<Kind, Candidate>, missing: (kind: Kind) => string): Credential {
  if (mode !== 'token' && mode !== 'password') {
    const reason =
      mode === 'none' || mode === 'trusted-proxy'
        ? `authentication mode ${mode} takes no secret`
        : 'the authentication mode is not known';
    return { kind: 'none', reason };
  }
  const candidate = candidates[mode];
  if (!candidate) return { kind: 'none', reason: missing(mode) };
  if ('unresolved' in candidate) return { kind: 'none', reason: candidate.unresolved };
  return { kind: mode, secret: new HeldSecret(candidate.value), from: candidate.from };
}

/** The way of identifying that the flags ask for: `--auth`, or the one secret that is given. */
function flaggedMode(inputs: CredentialInputs): CredentialInputs['authFlag'] {
  if (inputs.authFlag) return inputs.authFlag;
  const token = flagSecret(inputs, 'token') !== undefined;
  const password = flagSecret(inputs, 'password') !== undefined;
  return token === password ? undefined : token ? 'token' : 'password';
}

function flagSecret(inputs: CredentialInputs, kind: Kind): Candidate {
  const value = (kind === 'token' ? inputs.tokenFlag : inputs.passwordFlag)?.trim() ?? '';
  return value === '' ? undefined : { value, from: 'flag' };
}

function configured(secret: ConfiguredSecret | undefined, from: CredentialSource): Candidate {
  return secret && 'value' in secret ? { value: secret.value, from } : secret;
}

/** The first candidate that is there. An unresolved one counts: what stands behind it is not what the gateway accepts. */
function pick(...candidates: Candidate[]): Candidate {
  for (const candidate of candidates) {
    if (!candidate) continue;
    if ('unresolved' in candidate) return candidate;
    const value = candidate.value.trim();
    if (value !== '') return { ...candidate, value };
  }
  return undefined;
}
