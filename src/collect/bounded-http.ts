import http from 'node:http';
import https from 'node:https';

/** Where a request goes: a Unix socket, or an address that is never looked up in DNS here unless the caller gives a name. */
export type HttpPeer =
  | { readonly socketPath: string }
  | { readonly host: string; readonly port: number; readonly tls?: { readonly verify: boolean } };

export interface BoundedRequest {
  readonly peer: HttpPeer;
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  /** Overrides, also of `Host`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Most bytes of the body to take; the connection is cut there. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** Media type in lower case without parameters; '' when absent. */
  readonly mediaType: string;
  readonly body: string;
  /** True when the body was longer than `maxBytes`. */
  readonly truncated: boolean;
}

/** Most bytes of the header section of an answer. */
const MAX_HEADER_BYTES = 16 * 1024;
const FIRST_BODY_BYTES = 8 * 1024;

/**
 * One request on a connection of its own. No redirect is followed, no proxy is used, nothing is decompressed, and both
 * header section and body are bounded. Rejects when the connection or the protocol fails, and with the signal's reason
 * when it aborts, however slowly the peer sends.
 */
export function boundedRequest(request: BoundedRequest): Promise<HttpAnswer> {
  const { peer, signal } = request;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const secure = 'host' in peer && peer.tls !== undefined;
    const req = (secure ? https : http).request({
      ...('socketPath' in peer
        ? { socketPath: peer.socketPath }
        : { host: peer.host, port: peer.port, rejectUnauthorized: peer.tls?.verify ?? true }),
      method: request.method ?? 'GET',
      path: request.path,
      agent: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      headers: { Connection: 'close', ...request.headers },
    });
    const finish = (settle: () => void): void => {
      signal.removeEventListener('abort', onAbort);
      // A destroyed request may still report the cut; that report has nobody left to tell.
      req.on('error', () => {});
      req.destroy();
      settle();
    };
    const fail = (error: unknown): void => finish(() => reject(error));
    const onAbort = (): void => fail(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    req.on('error', fail);
    req.on('close', () => fail(new Error('the connection was closed without an answer')));
    req.on('upgrade', (_answer, socket) => {
      socket.destroy();
      fail(new Error('the other side switched protocols'));
    });
    req.on('response', (answer) => {
      // One buffer, because a body of one-byte chunks kept as a list takes a hundred times its size.
      let body = Buffer.alloc(Math.min(request.maxBytes, FIRST_BODY_BYTES));
      let length = 0;
      const done = (truncated: boolean): void =>
        finish(() =>
          resolve({
            status: answer.statusCode ?? 0,
            mediaType: (answer.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase(),
            body: body.toString('utf8', 0, length),
            truncated,
          }),
        );
      answer.on('data', (chunk: Buffer) => {
        const end = Math.min(length + chunk.length, request.maxBytes);
        if (end > body.length) {
          const larger = Buffer.alloc(Math.min(request.maxBytes, Math.max(end, body.length * 2)));
          body.copy(larger, 0, 0, length);
          body = larger;
        }
        chunk.copy(body, length, 0, end - length);
        const cut = length + chunk.length > request.maxBytes;
        length = end;
        if (cut) done(true);
      });
      answer.on('end', () => done(false));
      answer.on('error', fail);
    });
    req.end(request.body);
  });
}
