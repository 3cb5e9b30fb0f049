import type { CallOutcome, GatewayProbeFailure } from '../../core/live.ts';
import { property, textProperty } from '../foreign-json.ts';
import type { Credential } from './credential.ts';
import type { Clean } from './held-secret.ts';
import { asGatewayError, GatewayError, GatewaySocket, type Response, type SocketOptions } from './socket.ts';

/** The only scope ever asked for. */
const SCOPES = ['operator.read'];

/** Who we say we are: a command-line client, or the backend client that 2026.9.6 lets in without a secret in mode `none`. */
export type ClientIdentity = 'cli' | 'backend';

/** What a gateway says about itself on success, already clean. */
export interface Hello {
  readonly version?: string;
  readonly protocol?: number;
  readonly scopes?: readonly string[];
  readonly authMode?: string;
  readonly configPath?: string;
}

export interface SessionOptions extends SocketOptions {
  readonly identity: ClientIdentity;
  readonly credential: Credential;
  /** Our own version. */
  readonly version: string;
  /** Asked after the challenge: why the secret must be kept back, or undefined. */
  readonly withhold?: () => string | undefined;
}

interface Attempt {
  /** Whether the challenge came, i.e. this is a gateway. */
  readonly challenged: boolean;
  /** Whether the secret was sent. */
  readonly sent: boolean;
  /** Whether this machine trusts the certificate; absent without TLS. */
  readonly tlsTrusted?: boolean;
}

/** How a session attempt ended. `socket` is there exactly when it was let in; the caller terminates it. */
export type SessionResult =
  | (Attempt & { readonly ok: true; readonly hello: Hello; readonly socket: GatewaySocket })
  | (Attempt & { readonly ok: false; readonly error: GatewayError; readonly retryAfterMs?: number });

/**
 * Connects, waits for the challenge and asks for a read-only session, once. There is never a `device` block in the
 * request: a gateway on loopback pairs an unknown device by itself and stores it. Protocols 3 (2026.3.7) to 4 (2026.9.6).
 */
export async function openSession(options: SessionOptions): Promise<SessionResult> {
  let socket: GatewaySocket;
  try {
    socket = await GatewaySocket.open(options);
  } catch (error) {
    return { ok: false, challenged: false, sent: false, error: asGatewayError(error, options.clean) };
  }
  const { credential, identity } = options;
  const auth =
    credential.kind !== 'none' && options.withhold?.() === undefined
      ? { [credential.kind]: credential.secret.reveal() }
      : undefined;
  const sent = auth !== undefined;
  const attempt: Attempt = {
    challenged: true,
    sent,
    ...(socket.tlsTrusted !== undefined && { tlsTrusted: socket.tlsTrusted }),
  };
  try {
    const answer = await socket.request('connect', {
      minProtocol: 3,
      maxProtocol: 4,
      client: {
        id: identity === 'cli' ? 'cli' : 'gateway-client',
        mode: identity,
        version: options.version,
        platform: process.platform,
      },
      role: 'operator',
      scopes: SCOPES,
      caps: [],
      ...(auth && { auth }),
    });
    if (answer.ok && textProperty(answer.payload, 'type') === 'hello-ok') {
      return { ...attempt, ok: true, hello: readHello(answer.payload, options.clean), socket };
    }
    const close = await socket.closed();
    socket.terminate();
    if (answer.ok) {
      return {
        ...attempt,
        ok: false,
        error: new GatewayError('protocol', 'the answer to connect is not understood', { close }),
      };
    }
    const failure = refusalFailure(answer, sent);
    const error = new GatewayError(failure, answer.message, {
      close,
      ...(answer.code !== '' && { code: answer.code }),
    });
    return {
      ...attempt,
      ok: false,
      error,
      ...(failure === 'starting' && { retryAfterMs: answer.retryAfterMs ?? 500 }),
    };
  } catch (error) {
    socket.terminate();
    return { ...attempt, ok: false, error: asGatewayError(error, options.clean) };
  }
}

function refusalFailure(answer: Response & { ok: false }, sent: boolean): GatewayProbeFailure {
  switch (answer.code) {
    case 'UNAVAILABLE':
      return 'starting';
    case 'AUTH_RATE_LIMITED':
      return 'rate-limited';
    case 'PROTOCOL_MISMATCH':
      return 'protocol';
    // Before 2026.9.6 a protocol mismatch and a malformed request have no code of their own.
    case 'INVALID_REQUEST':
      return /^(protocol mismatch|invalid (connect|handshake))/.test(answer.message)
        ? 'protocol'
        : sent
          ? 'refused'
          : 'no-credential';
    default:
      return sent ? 'refused' : 'no-credential';
  }
}

function readHello(payload: unknown, clean: Clean): Hello {
  const auth = property(payload, 'auth');
  const snapshot = property(payload, 'snapshot');
  const version = textProperty(property(payload, 'server'), 'version');
  const protocol = property(payload, 'protocol');
  const scopes = property(auth, 'scopes');
  const authMode = textProperty(snapshot, 'authMode') ?? textProperty(auth, 'method');
  const configPath = textProperty(snapshot, 'configPath');
  return {
    ...(version !== undefined && { version: clean(version, 60) }),
    ...(typeof protocol === 'number' && Number.isSafeInteger(protocol) && { protocol }),
    ...(Array.isArray(scopes) && {
      scopes: scopes
        .filter((s) => typeof s === 'string')
        .slice(0, 50)
        .map((s) => clean(s, 60)),
    }),
    ...(authMode !== undefined && { authMode: clean(authMode, 40) }),
    ...(configPath !== undefined && { configPath: clean(configPath, 1000) }),
  };
}

/** What the read-only methods of a session told. */
export interface Readings {
  readonly calls: Readonly<Record<string, CallOutcome>>;
  /** Why `health` was not answered. */
  readonly healthError?: GatewayError;
  readonly configPath?: string;
  readonly configValid?: boolean;
  /** 2026.9.6: whether the hash of the settings in effect is that of the file. */
  readonly configApplied?: boolean;
}

/** Calls `health`, `status` and `config.get`; the answers are dropped but for the few facts above. Never rejects. */
export async function readSession(socket: GatewaySocket, clean: Clean): Promise<Readings> {
  const call = async (method: string): Promise<Response & { readonly late?: boolean; readonly cut?: boolean }> => {
    try {
      return await socket.request(method, {});
    } catch (error) {
      const { message, failure } = asGatewayError(error, clean);
      return { ok: false, code: '', message, cut: true, late: failure === 'timeout' };
    }
  };
  const outcome = (answer: Awaited<ReturnType<typeof call>>): CallOutcome =>
    answer.ok ? 'answered' : answer.cut ? 'no-answer' : 'refused';
  const [health, status, config] = await Promise.all([call('health'), call('status'), call('config.get')]);
  const payload = config.ok ? config.payload : undefined;
  const configPath = textProperty(payload, 'path');
  const valid = property(payload, 'valid');
  const applied = textProperty(payload, 'appliedConfigHash');
  const inFile = textProperty(payload, 'configRevisionHash');
  return {
    calls: { health: outcome(health), status: outcome(status), 'config.get': outcome(config) },
    ...(!health.ok && { healthError: new GatewayError(health.late ? 'timeout' : 'protocol', health.message) }),
    ...(configPath !== undefined && { configPath: clean(configPath, 1000) }),
    ...(typeof valid === 'boolean' && { configValid: valid }),
    ...(applied !== undefined && inFile !== undefined && { configApplied: applied === inFile }),
  };
}
