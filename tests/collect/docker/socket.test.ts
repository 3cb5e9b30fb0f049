import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectDocker } from '../../../src/collect/docker.ts';
import { dockerSockets } from '../../../src/collect/docker/api.ts';

const data = (name: string): string => readFileSync(new URL(`data/${name}.json`, import.meta.url), 'utf8');
const LIST = data('list');
const INSPECT = data('inspect');

let dir: string;
let servers: net.Server[];
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'docker-'));
  servers = [];
});
afterEach(async () => {
  for (const server of servers) {
    if (server instanceof http.Server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  rmSync(dir, { recursive: true });
});

async function listen<T extends net.Server>(server: T, name = 'docker.sock'): Promise<string> {
  servers.push(server);
  const socket = path.join(dir, name);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return socket;
}

/** Answers the two requests as an engine does, and notes what was asked. */
function engine(seen: string[], list = LIST, inspect = INSPECT): http.Server {
  return http.createServer((req, res) => {
    seen.push(`${req.method} ${decodeURIComponent(req.url ?? '')}`);
    res.setHeader('Content-Type', 'application/json');
    res.end(req.url?.startsWith('/containers/json?') ? list : inspect);
  });
}

/** Accepts connections and does with them what the case says, without ever behaving like HTTP by itself. */
function raw(onConnection: (socket: net.Socket) => void): net.Server {
  return net.createServer((socket) => {
    socket.on('error', () => {});
    onConnection(socket);
  });
}

/** Sends a text again and again, slowly, until the connection closes. */
function drip(socket: net.Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 20);
  socket.on('close', () => clearInterval(timer));
}

const ask = (...sockets: string[]) => collectDocker({ platform: 'linux', sockets });

describe('the Docker socket', () => {
  it('lists labelled containers with their labels and ports, and inspects stopped ones only', async () => {
    const seen: string[] = [];
    const facts = await ask(await listen(engine(seen)));
    expect(facts).toEqual({
      status: 'ok',
      timeouts: [],
      containers: [
        {
          name: 'openclaw-sbx-browser-main',
          configHash: 'abc123',
          epoch: '2026-02-28-no-sandbox-env',
          running: true,
          hostNetwork: false,
          ports: [
            { host: '127.0.0.1', port: '32768', container: '9222/tcp' },
            { host: '0.0.0.0', port: '32769', container: '6080/tcp' },
            { host: '::', port: '32769', container: '6080/tcp' },
          ],
        },
        {
          name: 'openclaw-sbx-browser-work',
          epoch: 'old',
          running: false,
          hostNetwork: true,
          ports: [
            { host: '127.0.0.1', port: '0', container: '9222/tcp' },
            { host: '0.0.0.0', port: '6080', container: '6080/tcp' },
          ],
        },
      ],
    });
    expect(seen).toEqual([
      'GET /containers/json?all=1&filters={"label":["openclaw.sandboxBrowser=1"]}',
      'GET /containers/9cd87474be901d5e1f3c0a6f0b7a4c9d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b/json',
    ]);
  });

  it('is absent when no socket is there, or only a file or a dead socket', async () => {
    const file = path.join(dir, 'file.sock');
    writeFileSync(file, '');
    const dead = path.join(dir, 'dead.sock');
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(path.join(dir, 'moved.sock'), resolve));
    renameSync(path.join(dir, 'moved.sock'), dead);
    await new Promise((resolve) => server.close(resolve));
    expect(await ask(path.join(dir, 'none.sock'), file, dead)).toEqual({
      status: 'absent',
      containers: [],
      timeouts: [],
    });
  });

  it('puts the answers of two engines together and asks one socket once', async () => {
    const seen: string[] = [];
    const first = await listen(engine(seen, '[]'), 'a.sock');
    const second = await listen(engine(seen), 'b.sock');
    const facts = await ask(first, first, second);
    expect(facts.status).toBe('ok');
    expect(facts.containers.map((c) => c.name)).toEqual(['openclaw-sbx-browser-main', 'openclaw-sbx-browser-work']);
    expect(seen.filter((s) => s.startsWith('GET /containers/json'))).toHaveLength(2);
  });

  it('keeps the list when an inspect does not answer, and says which', async () => {
    const socket = await listen(
      http.createServer((req, res) => {
        if (req.url?.startsWith('/containers/json?')) res.end(LIST);
      }),
    );
    const facts = await ask(socket);
    expect(facts.status).toBe('ok');
    expect(facts.timeouts).toEqual(['inspect openclaw-sbx-browser-work']);
    expect(facts.containers[1]).not.toHaveProperty('ports');
  });

  const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
  it.each<[name: string, onConnection: (socket: net.Socket) => void, status: string, error: RegExp]>([
    ['says nothing', () => {}, 'timeout', /no answer within 1000 ms/],
    [
      'sends header lines for ever, slowly',
      (s) => {
        s.write(HEAD);
        drip(s, 'X-A: b\r\n');
      },
      'timeout',
      /no answer within 1000 ms/,
    ],
    [
      'sends a body one byte at a time',
      (s) => {
        s.write(`${HEAD}Content-Length: 100000\r\n\r\n[`);
        drip(s, ' ');
      },
      'timeout',
      /no answer within 1000 ms/,
    ],
    [
      'sends endless headers',
      (s) => s.write(HEAD + 'X-A: bbbbbbbbbbbbbbbb\r\n'.repeat(5000)),
      'error',
      /not HTTP \(HPE_HEADER_OVERFLOW\)/,
    ],
    [
      'sends a huge body',
      (s) => s.write(`${HEAD}\r\n[${' '.repeat(5 * 1024 * 1024)}`),
      'error',
      /longer than 2097152 bytes/,
    ],
    ['sends garbage', (s) => s.end('\0\x01 not http at all\r\n\r\n'), 'error', /not HTTP/],
    ['closes at once', (s) => s.end(), 'error', /socket hang up|ECONNRESET/],
    [
      'sends something else than JSON',
      (s) => s.end(`${HEAD}Connection: close\r\n\r\n<secret>`),
      'error',
      /: its answer is not JSON$/,
    ],
    ['sends an object', (s) => s.end(`${HEAD}Connection: close\r\n\r\n{"message":"no"}`), 'error', /not a list/],
    [
      'redirects',
      (s) => s.end('HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n'),
      'error',
      /status 302/,
    ],
    [
      'switches protocols',
      (s) => s.write('HTTP/1.1 101 Switching\r\nUpgrade: tcp\r\nConnection: Upgrade\r\n\r\n'),
      'error',
      /switched/,
    ],
  ])('gives a reason in time when the peer %s', async (_, onConnection, status, error) => {
    const socket = await listen(
      raw((s) => {
        s.once('data', () => onConnection(s));
      }),
    );
    const started = performance.now();
    const facts = await ask(socket);
    expect(performance.now() - started).toBeLessThan(2500);
    expect({ status: facts.status, containers: facts.containers }).toEqual({ status, containers: [] });
    expect(facts.error).toMatch(error);
  });

  it.each<[name: string, list: unknown, containers: number, error?: RegExp]>([
    ['null entries', [null, 1, 'x', []], 0],
    ['labels that are no object', [{ Labels: 'openclaw.sandboxBrowser=1' }], 0],
    [
      'a name that is an option',
      [{ Id: 'a'.repeat(64), Names: ['/--help'], Labels: { 'openclaw.sandboxBrowser': '1' } }],
      0,
      /1 containers/,
    ],
    [
      'an id that is a path',
      [{ Id: '../../images', Names: ['/x'], Labels: { 'openclaw.sandboxBrowser': '1' } }],
      0,
      /1 containers/,
    ],
    [
      'ports that are no ports',
      [
        {
          Id: 'a'.repeat(64),
          Names: ['/x'],
          State: 'running',
          Labels: { 'openclaw.sandboxBrowser': '1' },
          Ports: [{ PublicPort: 'no' }],
        },
      ],
      1,
    ],
    [
      'a thousand containers',
      Array.from({ length: 1000 }, (_, i) => ({
        Id: 'a'.repeat(64),
        Names: [`/c${i}`],
        State: 'running',
        Labels: { 'openclaw.sandboxBrowser': '1' },
        Ports: [],
      })),
      200,
      /800 containers/,
    ],
  ])('survives %s', async (_, list, containers, error) => {
    const facts = await ask(await listen(engine([], JSON.stringify(list))));
    expect(facts.status).toBe('ok');
    expect(facts.containers).toHaveLength(containers);
    if (error) expect(facts.error).toMatch(error);
    else expect(facts.error).toBeUndefined();
    for (const c of facts.containers) if (c.name === 'x') expect(c).not.toHaveProperty('ports');
  });

  it('stops when the caller aborts', async () => {
    const socket = await listen(raw(() => {}));
    const facts = await collectDocker({
      platform: 'linux',
      sockets: [socket],
      signal: AbortSignal.abort(new Error('stopped')),
    });
    expect(facts).toMatchObject({ status: 'error', containers: [] });
  });
});

describe('where Docker is asked', () => {
  it.each(['tcp://192.0.2.1:2375', 'ssh://user@192.0.2.1', 'npipe:////./pipe/docker_engine'])(
    'not at DOCKER_HOST %s',
    async (dockerHost) => {
      expect(await collectDocker({ platform: 'linux', dockerHost, sockets: [] })).toMatchObject({
        status: 'not-asked',
        containers: [],
      });
    },
  );

  it('at a DOCKER_HOST that is a local socket', async () => {
    const socket = await listen(engine([]));
    const facts = await collectDocker({ platform: 'linux', dockerHost: `unix://${socket}` });
    expect(facts.containers.map((c) => c.name)).toContain('openclaw-sbx-browser-main');
  });

  it('at the usual places, and at no relative one', () => {
    expect(dockerSockets({ xdgRuntimeDir: '/run/user/1000', homeDir: '/home/u' })).toEqual([
      '/var/run/docker.sock',
      '/run/user/1000/docker.sock',
      '/home/u/.docker/run/docker.sock',
      '/home/u/.docker/desktop/docker.sock',
    ]);
    expect(dockerSockets({ xdgRuntimeDir: 'run', homeDir: '' })).toEqual(['/var/run/docker.sock']);
  });

  it('nowhere on Windows', async () => {
    expect(await collectDocker({ platform: 'win32' })).toMatchObject({ status: 'not-asked' });
  });
});
