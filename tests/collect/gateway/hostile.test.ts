import { afterEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { probeGateway } from '../../../src/collect/gateway/probe.ts';
import { selectGatewayTarget } from '../../../src/collect/gateway/target.ts';
import type { GatewayProbe } from '../../../src/core/snapshot.ts';
import { type FakeGateway, type FakeOptions, type Frame, fakeGateway, send, sendChallenge } from './fake-gateway.ts';

const SECRET = 'canary-secret-0123456789abcdef';

let gateway: FakeGateway;
afterEach(() => gateway.close());

async function probe(
  options: Pick<FakeOptions, 'onOpen' | 'onRequest' | 'onHttp'>,
  timeoutMs: number,
): Promise<GatewayProbe> {
  gateway = await fakeGateway({ era: '2026.9.6', mode: 'token', secret: SECRET, ...options });
  const result = await probeGateway({
    target: selectGatewayTarget({ processEnv: {}, port: gateway.port, authMode: 'token', token: { value: SECRET } }),
    timeoutMs,
    version: '0.1.0',
    configFiles: [],
    platform: process.platform === 'linux' ? 'linux' : 'other',
  });
  expect(JSON.stringify(result)).not.toContain(SECRET.slice(0, 10));
  return result;
}

describe('what is no gateway gets no secret', () => {
  it.each<[name: string, onOpen: NonNullable<FakeOptions['onOpen']>, failure: string]>([
    ['a WebSocket that says nothing', () => {}, 'timeout'],
    [
      'another first frame',
      (ws) => send(ws, { type: 'event', event: 'hello', payload: { nonce: 'x' } }),
      'not-a-gateway',
    ],
    [
      'a challenge without a nonce',
      (ws) => send(ws, { type: 'event', event: 'connect.challenge', payload: {} }),
      'not-a-gateway',
    ],
    [
      'a challenge after something else',
      (ws) => {
        send(ws, { type: 'res', id: '1', ok: true, payload: { type: 'hello-ok' } });
        sendChallenge(ws);
      },
      'not-a-gateway',
    ],
    ['text that is not JSON', (ws) => ws.send('hello'), 'not-a-gateway'],
    [
      'a binary challenge',
      (ws) => ws.send(Buffer.from('{"type":"event","event":"connect.challenge","payload":{"nonce":"x"}}')),
      'not-a-gateway',
    ],
    ['a close', (ws) => ws.close(1000, `bye`), 'not-a-gateway'],
    ['null', (ws) => ws.send('null'), 'not-a-gateway'],
    ['a huge frame', (ws) => ws.send('x'.repeat(3 * 1024 * 1024)), 'not-a-gateway'],
    [
      'a prototype',
      (ws) => ws.send('{"__proto__":{"type":"event","event":"connect.challenge","payload":{"nonce":"x"}}}'),
      'not-a-gateway',
    ],
  ])('%s', async (_, onOpen, failure) => {
    const result = await probe({ onOpen }, 800);
    expect(result).toMatchObject({ ok: false, failure, live: { credential: { sent: false }, http: [] } });
    expect(result.live!.isGateway).toEqual(
      failure === 'timeout' ? expect.objectContaining({ known: false }) : { known: true, value: false },
    );
    expect(gateway.connections.flatMap((c) => c.frames)).toEqual([]);
    expect(gateway.requests).toEqual([]);
  });
});

describe('a gateway that turns hostile after its challenge', () => {
  it.each<[name: string, answer: (ws: WebSocket, frame: Frame) => unknown, failure: string]>([
    ['a huge answer', (ws) => ws.send('x'.repeat(3 * 1024 * 1024)), 'protocol'],
    ['a flood of frames', (ws) => Array.from({ length: 5000 }, () => ws.send('{}')), 'protocol'],
    ['a flood of pings', (ws) => Array.from({ length: 5000 }, () => ws.ping('x'.repeat(100))), 'protocol'],
    [
      'an answer to another request',
      (ws) => send(ws, { type: 'res', id: '99', ok: true, payload: { type: 'hello-ok' } }),
      'timeout',
    ],
    ['an empty success', (ws, f) => send(ws, { type: 'res', id: f.id, ok: true }), 'protocol'],
    [
      'an error of the wrong shape',
      (ws, f) => send(ws, { type: 'res', id: f.id, ok: false, error: [{ message: 5 }] }),
      'refused',
    ],
    ['a cut', (ws) => ws.terminate(), 'protocol'],
  ])('%s', async (_, answer, failure) => {
    const onRequest = (ws: WebSocket, frame: Frame): boolean => {
      answer(ws, frame);
      return true;
    };
    const started = performance.now();
    const result = await probe({ onRequest }, 1500);
    expect(performance.now() - started).toBeLessThan(4000);
    expect(result).toMatchObject({ ok: false, failure, live: { isGateway: { known: true, value: true } } });
  });

  it.each<[name: string, onHttp: NonNullable<FakeOptions['onHttp']>, reason: RegExp]>([
    ['never answers HTTP', () => true, /no answer within 1200 ms/],
    [
      'answers HTTP with an endless body',
      (_, res) => {
        const more = (): void => {
          while (!res.destroyed && res.write('x'.repeat(65536)));
        };
        res.writeHead(200, { 'Content-Type': 'application/octet-stream' }).on('drain', more);
        more();
        return true;
      },
      /status 200 is not one/,
    ],
    ['redirects', (_, res) => !!res.writeHead(307, { Location: 'http://127.0.0.1:1/' }).end(), /status 307/],
  ])('that %s: the session counts, the surfaces are unknown', async (_, onHttp, reason) => {
    const started = performance.now();
    const result = await probe({ onHttp }, 1200);
    expect(performance.now() - started).toBeLessThan(3000);
    expect(result).toMatchObject({
      ok: true,
      live: { accepted: { value: true }, crossSitePost: { known: false }, realIpBelieved: { known: false } },
    });
    expect(result.live!.http.length).toBeGreaterThan(10);
    for (const surface of result.live!.http) {
      expect(surface.verdict).toBe('unknown');
      expect(surface.reason).toMatch(reason);
    }
  });

  it('a hello of the wrong types', async () => {
    const onRequest: NonNullable<FakeOptions['onRequest']> = (ws, f) => {
      if (f.method !== 'connect') return false;
      const payload = {
        type: 'hello-ok',
        protocol: '4',
        server: [],
        snapshot: 7,
        auth: { scopes: [1, '\u001b[2J'], method: {} },
      };
      send(ws, { type: 'res', id: f.id, ok: true, payload });
      return true;
    };
    const result = await probe({ onRequest }, 5000);
    expect(result).toMatchObject({
      ok: true,
      live: { protocol: { known: false }, scopes: { value: ['\\u{1b}[2J'] }, authMode: { known: false } },
    });
  });
});
