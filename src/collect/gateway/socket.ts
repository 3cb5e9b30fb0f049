import type { TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import type { GatewayProbeFailure } from '../../core/live.ts';
import { DeadlineError } from '../deadline.ts';
import { property, textProperty } from '../foreign-json.ts';
import type { Clean } from './held-secret.ts';
import type { GatewayUrl } from './url.ts';

/** How a connection ended; 1006 without a reason when there was no closing handshake. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** A connection or session that failed. The message is clean: it is made of our words and the cleaned ones of the peer. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly failure: GatewayProbeFailure;
  readonly close: Closed | null;
  /** Machine-readable reason that the gateway gave. */
  readonly code: string | undefined;
  /** HTTP status of a refused upgrade. */
  readonly status: number | undefined;
  constructor(
    failure: GatewayProbeFailure,
    message: string,
    more: { close?: Closed | null; code?: string; status?: number } = {},
  ) {
    super(message);
    this.failure = failure;
    this.close = more.close ?? null;
    this.code = more.code;
    this.status = more.status;
  }
}

/** The answer to a request frame. */
export type Response =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly retryAfterMs?: number };

export interface SocketOptions {
  readonly at: GatewayUrl;
  readonly clean: Clean;
  readonly signal: AbortSignal;
  /** Most milliseconds until the challenge. */
  readonly challengeMs: number;
  /** Origin header; none by default. */
  readonly origin?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Largest frame or message, and most of both, that one connection may bring. JSON can take thirty times its size. */
const MAX_MESSAGE_BYTES = 2 * 1024 * 1024;
const MAX_TOTAL_BYTES = 8 * 1024 * 1024;
const MAX_FRAMES = 2000;
/** How long to wait for the close frame that follows a refusal. */
const CLOSE_MS = 300;

/**
 * A connection to a gateway that has sent its challenge: `{"type":"event","event":"connect.challenge"}` with a nonce as the
 * first frame (2026.3.7, 2026.9.6). Nothing is sent before that, and nothing that did not send it becomes a GatewaySocket.
 */
export class GatewaySocket {
  readonly #ws: WebSocket;
  readonly #clean: Clean;
  readonly #pending = new Map<string, { settle: (r: Response) => void; fail: (e: Error) => void }>();
  readonly #ended: Promise<Closed>;
  #bytes = 0;
  #frames = 0;
  #ids = 0;
  #failure: GatewayError | undefined;
  #onFirst: ((frame: unknown) => void) | undefined;
  #tlsTrusted: boolean | undefined;

  private constructor(ws: WebSocket, options: SocketOptions) {
    this.#ws = ws;
    this.#clean = options.clean;
    const onAbort = (): void => this.#end(abortError(options.signal));
    options.signal.addEventListener('abort', onAbort, { once: true });
    this.#ended = new Promise((resolve) => {
      ws.on('close', (code, reason) => {
        options.signal.removeEventListener('abort', onAbort);
        const closed = { code, reason: this.#clean(reason.toString('utf8')) };
        this.#end(new GatewayError('protocol', closed.reason || `closed with code ${code}`, { close: closed }));
        resolve(closed);
      });
    });
    ws.on('error', (error) => {
      const known = asGatewayError(error, this.#clean);
      const isGateway = this.#onFirst === undefined && known.failure === 'not-a-gateway';
      this.#end(isGateway ? new GatewayError('protocol', known.message, { close: known.close }) : known);
    });
    ws.on('upgrade', ({ socket }) => {
      if (options.at.secure) this.#tlsTrusted = (socket as TLSSocket).authorized;
    });
    ws.on('unexpected-response', (request, response) => {
      const status = response.statusCode ?? 0;
      response.destroy();
      request.destroy();
      this.#end(
        new GatewayError('not-a-gateway', `the WebSocket upgrade was refused with HTTP status ${status}`, { status }),
      );
    });
    ws.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary));
    // Pings are counted and not answered: the answers to a flood would pile up in memory.
    ws.on('ping', (data) => this.#count(data.length));
    ws.on('pong', (data) => this.#count(data.length));
  }

  /** Connects and waits for the challenge. Rejects with a GatewayError, never with anything else. */
  static async open(options: SocketOptions): Promise<GatewaySocket> {
    const { at, signal } = options;
    if (signal.aborted) throw abortError(signal);
    const host = at.host.includes(':') ? `[${at.host}]` : at.host;
    let ws: WebSocket;
    try {
      ws = new WebSocket(`${at.secure ? 'wss' : 'ws'}://${host}:${at.port}${at.path}`, {
        perMessageDeflate: false,
        maxPayload: MAX_MESSAGE_BYTES,
        followRedirects: false,
        autoPong: false,
        // On loopback a certificate proves nothing that ws:// would not be trusted for there.
        rejectUnauthorized: !at.loopback,
        ...(options.origin !== undefined && { origin: options.origin }),
        ...(options.headers && { headers: { ...options.headers } }),
      });
    } catch (error) {
      throw asGatewayError(error, options.clean);
    }
    const socket = new GatewaySocket(ws, options);
    try {
      await socket.#challenge(options.challengeMs);
      return socket;
    } catch (error) {
      socket.terminate();
      throw error;
    }
  }

  #challenge(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#end(new GatewayError('timeout', 'timeout')), ms);
      this.#pending.set('', {
        settle: () => {},
        fail: (error) => {
          clearTimeout(timer);
          // A clean end before any frame is an answer too: whoever it is, it is no gateway.
          const clean = error instanceof GatewayError && error.failure === 'protocol' && error.close !== null;
          reject(clean ? new GatewayError('not-a-gateway', error.message, { close: error.close }) : error);
        },
      });
      this.#onFirst = (frame) => {
        clearTimeout(timer);
        this.#onFirst = undefined;
        this.#pending.delete('');
        const nonce = textProperty(property(frame, 'payload'), 'nonce');
        if (
          property(frame, 'type') === 'event' &&
          property(frame, 'event') === 'connect.challenge' &&
          nonce !== undefined
        )
          resolve();
        else reject(new GatewayError('not-a-gateway', 'the first frame is not the challenge of an OpenClaw gateway'));
      };
    });
  }

  /** Sends a request frame and waits for its answer. Rejects with a GatewayError when the connection ends first. */
  request(method: string, params: unknown): Promise<Response> {
    if (this.#failure) return Promise.reject(this.#failure);
    const id = String(++this.#ids);
    return new Promise((settle, fail) => {
      this.#pending.set(id, { settle, fail });
      this.#ws.send(JSON.stringify({ type: 'req', id, method, params }));
    });
  }

  /** The close frame that follows a refusal; null when none comes soon. */
  async closed(): Promise<Closed | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, CLOSE_MS, null);
    });
    const closed = await Promise.race([this.#ended, late]);
    clearTimeout(timer);
    return closed;
  }

  /** Whether this machine trusts the certificate; undefined without TLS. */
  get tlsTrusted(): boolean | undefined {
    return this.#tlsTrusted;
  }

  /** Cuts the connection at once. */
  terminate(): void {
    this.#ws.terminate();
  }

  #count(bytes: number): boolean {
    this.#bytes += bytes;
    this.#frames++;
    const tooMuch = this.#bytes > MAX_TOTAL_BYTES || this.#frames > MAX_FRAMES;
    if (tooMuch) this.#end(new GatewayError('protocol', 'it sent more than this probe takes'));
    return !tooMuch;
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (this.#failure || !this.#count(data.length)) return;
    let frame: unknown;
    try {
      frame = isBinary ? undefined : (JSON.parse(data.toString('utf8')) as unknown);
    } catch {
      frame = undefined;
    }
    if (this.#onFirst) {
      this.#onFirst(frame);
      return;
    }
    if (property(frame, 'type') !== 'res') return;
    const id = textProperty(frame, 'id') ?? '';
    const pending = id === '' ? undefined : this.#pending.get(id);
    if (!pending) return;
    this.#pending.delete(id);
    pending.settle(this.#response(frame));
  }

  #response(frame: unknown): Response {
    if (property(frame, 'ok') === true) return { ok: true, payload: property(frame, 'payload') };
    const error = property(frame, 'error');
    const message = textProperty(error, 'message');
    const retryAfterMs = property(error, 'retryAfterMs');
    const code = [property(property(error, 'details'), 'code'), property(error, 'code')].find(
      (c): c is string => typeof c === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(c),
    );
    return {
      ok: false,
      code: code ?? '',
      message: message === undefined ? 'refused without a reason' : this.#clean(message),
      ...(typeof retryAfterMs === 'number' && { retryAfterMs }),
    };
  }

  #end(error: GatewayError): void {
    if (!this.#failure) {
      this.#failure = error;
      for (const { fail } of this.#pending.values()) fail(error);
      this.#pending.clear();
    }
    this.#ws.terminate();
  }
}

const DOWN = new Set([
  'ECONNREFUSED',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
]);

/** What an abort means: time is up, or the caller wants no more. */
export function abortError(signal: AbortSignal): GatewayError {
  return signal.reason instanceof DeadlineError
    ? new GatewayError('timeout', 'timeout')
    : new GatewayError('stopped', 'stopped');
}

/** What a failed connection means. The words of Node's own errors are kept; a TLS library's are not, they quote the peer. */
export function asGatewayError(error: unknown, clean: Clean): GatewayError {
  if (error instanceof GatewayError) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  const message = error instanceof Error ? clean(error.message) : 'stopped';
  const close = { code: 1006, reason: '' };
  if (DOWN.has(code)) return new GatewayError('down', message, { close });
  if (
    code === 'EPROTO' ||
    code.startsWith('ERR_SSL') ||
    code.startsWith('ERR_TLS') ||
    /CERT|SELF_SIGNED|UNABLE_TO/.test(code)
  ) {
    return new GatewayError('tls', `the TLS handshake failed (${code})`, { close });
  }
  return new GatewayError('not-a-gateway', message, { close });
}
