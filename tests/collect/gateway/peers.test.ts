import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { probeGateway } from '../../../src/collect/gateway/probe.ts';
import { type GatewayTargetInputs, selectGatewayTarget } from '../../../src/collect/gateway/target.ts';
import type { GatewayProbe } from '../../../src/core/snapshot.ts';

const SECRET = 'canary-secret-0123456789abcdef';
const platform = process.platform === 'linux' ? 'linux' : 'other';

let servers: net.Server[] = [];
const sockets = new Set<net.Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.map((server) => new Promise((resolve) => void server.close(resolve))));
  servers = [];
});

async function listen(server: net.Server, port = 0): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function probe(inputs: Partial<GatewayTargetInputs>, timeoutMs = 700): Promise<GatewayProbe> {
  return probeGateway({
    target: selectGatewayTarget({ processEnv: {}, authMode: 'token', token: { value: SECRET }, ...inputs }),
    timeoutMs,
    version: '0.1.0',
    configFiles: [],
    platform,
  });
}

/** Sends a text again and again until the connection closes. */
function drip(socket: net.Socket, text: string, ms: number): void {
  const timer = setInterval(() => socket.write(text), ms);
  socket.on('close', () => clearInterval(timer));
}

/** Sends as fast as the other side takes it. */
function flood(socket: net.Socket, text: string): void {
  const chunk = text.repeat(Math.ceil(65536 / text.length));
  const more = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', more);
  more();
}

const UPGRADED = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n';

describe('whatever holds the port', () => {
  it.each<[name: string, onData: (socket: net.Socket) => void, failure: string]>([
    ['says nothing', () => {}, 'timeout'],
    ['sends endless headers', (s) => flood(s, 'X-A: bbbbbbbbbbbbbbbbbbbb\r\n'), 'not-a-gateway'],
    [
      'sends headers slowly',
      (s) => {
        s.write(UPGRADED);
        drip(s, 'X-A: b\r\n', 20);
      },
      'timeout',
    ],
    ['sends garbage', (s) => flood(s, '\0\x01\x02garbage'), 'not-a-gateway'],
    ['closes', (s) => s.destroy(), 'not-a-gateway'],
    ['is a web server', (s) => s.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'), 'not-a-gateway'],
    [
      'redirects',
      (s) => s.end('HTTP/1.1 307 Moved\r\nLocation: ws://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n'),
      'not-a-gateway',
    ],
    [
      'accepts the upgrade with a wrong key',
      (s) => s.write(`${UPGRADED}Sec-WebSocket-Accept: no\r\n\r\n`),
      'not-a-gateway',
    ],
    ['answers with an endless body', (s) => flood(s, 'HTTP/1.1 500 No\r\n\r\n'), 'not-a-gateway'],
  ])('and %s: it ends in time and no secret is sent', async (_, onData, failure) => {
    let received = '';
    const port = await listen(
      net.createServer((socket) => {
        socket.on('data', (data) => {
          received += data.toString('latin1');
        });
        socket.once('data', () => onData(socket));
      }),
    );
    const before = process.memoryUsage().rss;
    const started = performance.now();
    const result = await probe({ port });
    expect(performance.now() - started).toBeLessThan(2500);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
    expect(result).toMatchObject({ attempted: true, ok: false, failure, live: { credential: { sent: false } } });
    expect(received).not.toContain(SECRET);
    expect(received).not.toContain('connect');
  });

  it('is nobody', async () => {
    const port = await listen(net.createServer());
    await new Promise((resolve) => servers.pop()!.close(resolve));
    const result = await probe({ port });
    expect(result).toMatchObject({
      ok: false,
      failure: 'down',
      error: `connect ECONNREFUSED 127.0.0.1:${port}`,
      close: { code: 1006, reason: '' },
      live: {
        isGateway: { known: false },
        anonymousSession: { known: false },
        http: [],
        browserControl: { known: true, value: { state: 'closed' } },
      },
    });
  });

  it('stops when the caller stops', async () => {
    const port = await listen(net.createServer());
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('stopped')), 50);
    const result = await probeGateway({
      target: selectGatewayTarget({ processEnv: {}, port }),
      signal: controller.signal,
      version: '0.1.0',
      configFiles: [],
      platform,
    });
    expect(result).toMatchObject({ ok: false, failure: 'stopped', live: { isGateway: { known: false } } });
  });
});

describe('a URL that must not be contacted', () => {
  it('is not, and says how it can be', async () => {
    const result = await probe({ mode: 'remote', remoteUrl: 'wss://192.0.2.1:1234' });
    expect(result).toMatchObject({
      attempted: false,
      url: 'wss://192.0.2.1:1234',
      ok: false,
      failure: 'not-contacted',
      error: expect.stringContaining('--gateway-url'),
      live: { isGateway: { known: false }, http: [], listeners: { known: false } },
    });
  });
});

describe('TLS', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'gateway-tls-'));
  const files = { key: path.join(dir, 'key.pem'), cert: path.join(dir, 'cert.pem') };
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '1',
      '-subj',
      '/CN=localhost',
      '-keyout',
      files.key,
      '-out',
      files.cert,
    ],
    { stdio: 'ignore' },
  );
  const credentials = { key: readFileSync(files.key), cert: readFileSync(files.cert) };
  rmSync(dir, { recursive: true });

  it('on a plain port', async () => {
    const port = await listen(http.createServer());
    expect(await probe({ port, tls: true })).toMatchObject({
      url: `wss://127.0.0.1:${port}`,
      ok: false,
      failure: 'tls',
      close: { code: 1006 },
    });
  });

  it('missing on a TLS port', async () => {
    const port = await listen(tls.createServer(credentials, (socket) => socket.on('error', () => {})));
    expect(await probe({ port })).toMatchObject({ ok: false, failure: 'not-a-gateway' });
  });

  it('with its own certificate is reached on loopback and found untrusted', async () => {
    const server = tls.createServer(credentials);
    server.on('secureConnection', (socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end('HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n'));
    });
    const port = await listen(server);
    expect(await probe({ port, tls: true })).toMatchObject({
      failure: 'not-a-gateway',
      error: expect.stringContaining('404'),
    });
  });

  it('is checked where the name is not loopback', async () => {
    const port = await listen(tls.createServer(credentials, (socket) => socket.on('error', () => {})));
    // A name of this machine that is not loopback by its spelling.
    const result = await probe({ urlFlag: `wss://localhost.:${port}` });
    expect(result.ok).toBe(false);
    expect(['tls', 'down']).toContain(result.failure);
  });
});

describe('the ports beside it', () => {
  /** A gateway port with free neighbours: nothing needs to listen on it. */
  async function neighbours(onRequest: http.RequestListener, offset: number): Promise<number> {
    const port = await listen(http.createServer(onRequest));
    return port - offset;
  }

  it.each<[name: string, status: number, body: unknown, state: string]>([
    ['open', 200, { enabled: true, running: false, cdpPort: 18800 }, 'open'],
    ['closed to strangers', 401, { error: 'Unauthorized' }, 'protected'],
    ['something else', 200, { hello: 1 }, 'other'],
    ['something that is not JSON', 200, undefined, 'other'],
  ])('browser control that is %s', async (_, status, body, state) => {
    const gatewayPort = await neighbours(
      (_req, res) => res.writeHead(status).end(body === undefined ? '<html>' : JSON.stringify(body)),
      2,
    );
    const result = await probe({ port: gatewayPort });
    expect(result.live!.browserControl).toEqual({ known: true, value: { port: gatewayPort + 2, state, status } });
  });

  it('Chrome DevTools, and only a GET is sent', async () => {
    const lines: string[] = [];
    const gatewayPort = await neighbours((req, res) => {
      lines.push(`${req.method} ${req.url}`);
      res.end(JSON.stringify({ Browser: 'Chrome/140', webSocketDebuggerUrl: 'ws://127.0.0.1/devtools/browser/x' }));
    }, 11);
    const result = await probe({ port: gatewayPort });
    expect(result.live!.cdp).toEqual({ known: true, value: [{ port: gatewayPort + 11, state: 'open', status: 200 }] });
    expect(lines).toEqual(['GET /json/version']);
  });
});
