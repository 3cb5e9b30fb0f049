import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';

export type Era = '2026.3.7' | '2026.9.6';

export interface FakeOptions {
  readonly era: Era;
  readonly mode: 'token' | 'password' | 'none';
  readonly secret?: string;
  readonly httpEndpoints?: boolean;
  readonly allowAnyOrigin?: boolean;
  /** 2026.3.7 with `allowRealIpFallback` behind a trusted loopback proxy. */
  readonly believesRealIp?: boolean;
  /** Answers `connect` that many times with "still starting" first. */
  readonly startingFor?: number;
  /** Replaces what is sent on connection. */
  readonly onOpen?: (ws: WebSocket) => void;
  /** Replaces the answer to a request frame; return true when it did. */
  readonly onRequest?: (ws: WebSocket, frame: Frame) => boolean;
  readonly configApplied?: boolean;
  /** Replaces the answer to an HTTP request; return true when it did. */
  readonly onHttp?: (req: http.IncomingMessage, res: http.ServerResponse) => boolean;
}

export interface Frame {
  readonly id: string;
  readonly method: string;
  readonly params: Record<string, unknown>;
}

/** A connection as the server saw it. */
export interface SeenConnection {
  readonly headers: http.IncomingHttpHeaders;
  /** Whether the challenge had been sent when each frame came. */
  readonly frames: { readonly afterChallenge: boolean; readonly text: string; readonly frame: Frame }[];
}

export interface FakeGateway {
  readonly port: number;
  readonly connections: SeenConnection[];
  readonly requests: { readonly line: string; readonly headers: http.IncomingHttpHeaders; readonly body: string }[];
  close(): Promise<void>;
}

const CHALLENGE = {
  type: 'event',
  event: 'connect.challenge',
  payload: { nonce: 'c9af39a8-3824-419d-88bc-cde102c923ac', ts: 1 },
};

/** A stand-in that answers as OpenClaw's gateway was seen to (2026.3.7 and 2026.9.6), and notes all it gets. */
export async function fakeGateway(options: FakeOptions): Promise<FakeGateway> {
  const connections: SeenConnection[] = [];
  const requests: FakeGateway['requests'] = [];
  const sockets = new Set<Socket>();
  let starting = options.startingFor ?? 0;

  const server = http.createServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    req.on('end', () => {
      requests.push({ line: `${req.method} ${req.url}`, headers: req.headers, body });
      if (options.onHttp?.(req, res)) return;
      const [status, type, text] = route(options, req);
      res.writeHead(status, { 'Content-Type': type }).end(text);
    });
  });
  const wss = new WebSocketServer({ noServer: true });
  server.on('upgrade', (req, socket, head) => {
    if (options.era === '2026.9.6' && req.headers['x-forwarded-for'] !== undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
      connections.push({ headers: req.headers, frames: [] });
      return;
    }
    wss.handleUpgrade(req, socket, head, (ws) => {
      const connection: SeenConnection = { headers: req.headers, frames: [] };
      connections.push(connection);
      ws.on('error', () => {});
      let challenged = false;
      ws.on('message', (data: RawData) => {
        const text = (data as Buffer).toString();
        const frame = JSON.parse(text) as Frame;
        connection.frames.push({ afterChallenge: challenged, text, frame });
        if (options.onRequest?.(ws, frame)) return;
        if (frame.method === 'connect') {
          if (starting-- > 0) {
            reject(
              ws,
              frame.id,
              { code: 'UNAVAILABLE', message: 'gateway starting; retry shortly', retryAfterMs: 200 },
              1013,
            );
          } else connect(options, ws, frame, req.headers);
        } else respond(options, ws, frame);
      });
      if (options.onOpen) options.onOpen(ws);
      else {
        ws.send(JSON.stringify(CHALLENGE));
        challenged = true;
      }
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    requests,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const sendChallenge = (ws: WebSocket): void => ws.send(JSON.stringify(CHALLENGE));

const JSON_TYPE = 'application/json; charset=utf-8';
const PAGE = '<!doctype html><title>OpenClaw Control</title>';

function route(
  { era, mode, secret, httpEndpoints, believesRealIp }: FakeOptions,
  req: http.IncomingMessage,
): [number, string, string] {
  const path = (req.url ?? '').split('?')[0]!;
  const newer = era === '2026.9.6';
  const json = (status: number, body: unknown): [number, string, string] => [status, JSON_TYPE, JSON.stringify(body)];
  const page: [number, string, string] = [200, 'text/html; charset=utf-8', PAGE];
  const unauthorized = json(401, { error: { message: 'Unauthorized', type: 'unauthorized' } });
  const proxied = req.headers['x-real-ip'] !== undefined || req.headers['x-forwarded-for'] !== undefined;
  if (newer && proxied && path !== '/healthz') return json(403, { error: { type: 'proxy_attribution_required' } });
  const foreign = req.headers.origin !== undefined;
  const open = mode === 'none' && !(newer && foreign) && secret === undefined;
  const behindAuth = (status: number, body: unknown) => (open ? json(status, body) : unauthorized);
  const posts = [
    '/tools/invoke',
    ...(httpEndpoints ? ['/v1/chat/completions', '/v1/responses', ...(newer ? ['/v1/embeddings'] : [])] : []),
  ];
  if (path === '/healthz') return json(200, { ok: true, status: 'live' });
  if (path === '/readyz') {
    const local = believesRealIp ? req.headers['x-real-ip'] === '127.0.0.1' : !proxied;
    return json(200, { ready: true, failing: [], ...(local && { uptimeMs: 5000 }) });
  }
  if (path === '/startupz' && newer) return json(200, { ok: true, status: 'started', version: era, uptimeMs: 5000 });
  if (path === '/__openclaw/control-ui-config.json') {
    return newer ? behindAuth(200, { basePath: '', version: era }) : json(200, { basePath: '', serverVersion: era });
  }
  if (path === '/avatar/main') return newer ? behindAuth(200, { avatarUrl: null }) : json(200, { avatarUrl: null });
  if (posts.includes(path)) {
    if (req.method !== 'POST') return [405, 'text/plain; charset=utf-8', 'Method Not Allowed'];
    return behindAuth(400, { error: { message: 'missing', type: 'invalid_request_error' } });
  }
  if (path === '/v1/models' && newer && httpEndpoints) return behindAuth(200, { object: 'list', data: [] });
  if (path.startsWith('/api/')) return [404, 'text/plain; charset=utf-8', 'Not Found'];
  return page;
}

function connect(options: FakeOptions, ws: WebSocket, { id, params }: Frame, headers: http.IncomingHttpHeaders): void {
  const newer = options.era === '2026.9.6';
  const client = params.client as { id: string; mode: string };
  const auth = (params.auth ?? {}) as { token?: string; password?: string };
  const forwarded = headers['x-forwarded-for'] !== undefined;
  if (headers.origin !== undefined && !options.allowAnyOrigin && !forwarded) {
    const message =
      'origin not allowed (open the Control UI from the gateway host or allow it in gateway.controlUi.allowedOrigins)';
    reject(ws, id, {
      code: 'INVALID_REQUEST',
      message,
      ...(newer && { details: { code: 'CONTROL_UI_ORIGIN_NOT_ALLOWED' } }),
    });
    return;
  }
  const given = options.mode === 'password' ? auth.password : auth.token;
  const anonymous = auth.token === undefined && auth.password === undefined;
  if (options.mode === 'none' ? !(newer && client.mode === 'backend') : anonymous) {
    reject(ws, id, {
      code: 'NOT_PAIRED',
      message: 'device identity required',
      details: { code: 'DEVICE_IDENTITY_REQUIRED' },
    });
    return;
  }
  if (options.mode !== 'none' && given !== options.secret) {
    const code = options.mode === 'token' ? 'AUTH_TOKEN_MISMATCH' : 'AUTH_PASSWORD_MISMATCH';
    reject(ws, id, {
      code: 'INVALID_REQUEST',
      message: `unauthorized: gateway ${options.mode} mismatch`,
      details: { code },
    });
    return;
  }
  const snapshot = newer
    ? { appliedConfigHash: 'hmac-sha256:v1:a' }
    : { authMode: options.mode, configPath: '/home/u/.openclaw/openclaw.json', stateDir: '/home/u/.openclaw' };
  send(ws, { type: 'event', event: 'health', payload: {} });
  send(ws, {
    type: 'res',
    id,
    ok: true,
    payload: {
      type: 'hello-ok',
      protocol: newer ? 4 : 3,
      server: { version: options.era, connId: 'x' },
      features: { methods: ['health'], events: ['tick'] },
      snapshot,
      ...(newer && { auth: { method: options.mode, role: 'operator', scopes: params.scopes } }),
    },
  });
}

function respond({ era, configApplied = true }: FakeOptions, ws: WebSocket, { id, method }: Frame): void {
  const config = {
    path: '/home/u/.openclaw/openclaw.json',
    valid: true,
    ...(era === '2026.9.6' && {
      configRevisionHash: 'hmac-sha256:v1:a',
      appliedConfigHash: `hmac-sha256:v1:${configApplied ? 'a' : 'b'}`,
    }),
  };
  send(ws, { type: 'res', id, ok: true, payload: method === 'config.get' ? config : { ok: true } });
}

export function reject(
  ws: WebSocket,
  id: string,
  error: { message: string; [key: string]: unknown },
  code = 1008,
): void {
  send(ws, { type: 'res', id, ok: false, error });
  ws.close(code, error.message.slice(0, 120));
}

export function send(ws: WebSocket, frame: unknown): void {
  ws.send(JSON.stringify(frame));
}
