import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { probeGateway } from '../../../src/collect/gateway/probe.ts';
import { type GatewayTargetInputs, selectGatewayTarget } from '../../../src/collect/gateway/target.ts';
import type { GatewayProbe } from '../../../src/core/snapshot.ts';
import { type Era, type FakeGateway, type FakeOptions, fakeGateway, reject, send } from './fake-gateway.ts';

const SECRET = 'canary-secret-0123456789abcdef';
const ERAS: readonly Era[] = ['2026.3.7', '2026.9.6'];

let gateway: FakeGateway;
afterEach(() => gateway.close());

async function probe(
  options: FakeOptions,
  inputs: Partial<GatewayTargetInputs> = {},
  timeoutMs = 5000,
): Promise<GatewayProbe> {
  gateway = await fakeGateway(options);
  const result = await probeGateway({
    target: selectGatewayTarget({
      processEnv: {},
      port: gateway.port,
      authMode: 'token',
      token: { value: SECRET },
      ...inputs,
    }),
    timeoutMs,
    version: '0.1.0',
    configFiles: [],
    platform: process.platform === 'linux' ? 'linux' : 'other',
  });
  expect(inspect(result, { depth: 9 })).not.toContain(SECRET.slice(0, 10));
  return result;
}

/** Everything the gateway was sent, as text. */
const wire = (): string => JSON.stringify([gateway.connections, gateway.requests]);
const framesOf = (method: string) =>
  gateway.connections.flatMap((c) => c.frames).filter((f) => f.frame.method === method);

describe.each(ERAS)('a gateway of %s', (era) => {
  it('with the right token', async () => {
    const result = await probe({ era, mode: 'token', secret: SECRET });
    expect(result).toMatchObject({
      attempted: true,
      url: `ws://127.0.0.1:${gateway.port}`,
      ok: true,
      error: null,
      close: null,
    });
    expect(result.live).toMatchObject({
      isGateway: { known: true, value: true },
      credential: { kind: 'token', from: 'config', sent: true },
      accepted: { known: true, value: true },
      calls: { health: 'answered', status: 'answered', 'config.get': 'answered' },
      version: { known: true, value: era },
      protocol: { known: true, value: era === '2026.3.7' ? 3 : 4 },
      authMode: { known: true, value: 'token' },
      configPath: { known: true, value: '/home/u/.openclaw/openclaw.json' },
      configValid: { known: true, value: true },
      configApplied: era === '2026.3.7' ? { known: false } : { known: true, value: true },
      scopes: era === '2026.3.7' ? { known: false } : { known: true, value: ['operator.read'] },
      anonymousSession: { known: true, value: false },
      foreignOrigin: { known: true, value: false },
      foreignOriginForwarded: { known: true, value: era === '2026.3.7' },
      crossSitePost: { known: false },
      realIpBelieved: { known: true, value: false },
      servingSince: { known: true },
      browserControl: { known: true, value: { state: 'closed' } },
      cdp: { known: true, value: [] },
    });
  });

  it('gets the secret in one frame, after its challenge, read-only and without a device', async () => {
    await probe({ era, mode: 'token', secret: SECRET });
    const connects = framesOf('connect');
    expect(connects.filter((f) => f.text.includes(SECRET))).toHaveLength(1);
    expect(wire().split(SECRET)).toHaveLength(2 + 1);
    for (const { afterChallenge, frame } of gateway.connections.flatMap((c) => c.frames)) {
      expect(afterChallenge).toBe(true);
      expect(frame.params).not.toHaveProperty('device');
      if (frame.method === 'connect') expect(frame.params.scopes).toEqual(['operator.read']);
    }
    expect(connects.find((f) => f.text.includes(SECRET))!.frame.params).toEqual({
      minProtocol: 3,
      maxProtocol: 4,
      client: { id: 'cli', mode: 'cli', version: '0.1.0', platform: process.platform },
      role: 'operator',
      scopes: ['operator.read'],
      caps: [],
      auth: { token: SECRET },
    });
    expect(
      gateway.connections
        .flatMap((c) => c.frames)
        .map((f) => f.frame.method)
        .filter((m) => m !== 'connect')
        .sort(),
    ).toEqual(['config.get', 'health', 'status']);
    expect(gateway.connections.length).toBeLessThanOrEqual(6);
  });

  it('gets only harmless HTTP requests, and none with a secret', async () => {
    await probe({ era, mode: 'none', httpEndpoints: true }, { authMode: 'none' });
    expect(gateway.requests.length).toBeLessThanOrEqual(24);
    for (const { line, headers, body } of gateway.requests) {
      expect(['', '{}']).toContain(body);
      if (line.startsWith('POST'))
        expect(line).toMatch(/^POST \/(tools\/invoke|v1\/(chat\/completions|responses|embeddings))$/);
      expect(headers).not.toHaveProperty('authorization');
      expect(headers).not.toHaveProperty('cookie');
    }
    expect(wire()).not.toMatch(/hooks|kill/);
  });

  it('with the right password', async () => {
    const result = await probe(
      { era, mode: 'password', secret: SECRET },
      { authMode: 'password', password: { value: SECRET } },
    );
    expect(result).toMatchObject({
      ok: true,
      live: { credential: { kind: 'password', sent: true }, authMode: { value: 'password' } },
    });
    expect(
      framesOf('connect')
        .map((f) => f.frame.params.auth)
        .filter((a) => a),
    ).toEqual([{ password: SECRET }]);
  });

  it('with a wrong token refuses once, and is not asked again', async () => {
    const result = await probe({ era, mode: 'token', secret: 'other' });
    expect(result).toMatchObject({
      ok: false,
      failure: 'refused',
      error: 'unauthorized: gateway token mismatch',
      close: { code: 1008, reason: 'unauthorized: gateway token mismatch' },
      live: {
        accepted: { known: true, value: false },
        refusalCode: 'AUTH_TOKEN_MISMATCH',
        isGateway: { value: true },
        version: { value: era },
      },
    });
    expect(framesOf('connect').filter((f) => f.text.includes(SECRET))).toHaveLength(1);
  });

  it('without a secret to send is not called refused, and what it tells everybody is still known', async () => {
    const result = await probe(
      { era, mode: 'token', secret: SECRET },
      { token: { unresolved: 'gateway.auth.token is a reference' } },
    );
    expect(result).toMatchObject({
      ok: false,
      failure: 'no-credential',
      close: { code: 1008 },
      live: {
        accepted: { known: false, reason: 'gateway.auth.token is a reference' },
        credential: { kind: 'none', sent: false },
        version: { known: true, value: era },
        authMode: { known: false },
        anonymousSession: { known: true, value: false },
      },
    });
  });

  it('without authentication', async () => {
    const result = await probe({ era, mode: 'none', httpEndpoints: true }, { authMode: 'none' });
    const open = result
      .live!.http.filter((s) => s.verdict === 'open' && s.kind === 'control')
      .map((s) => `${s.endpoint} ${s.status}`);
    expect(open).toEqual(['POST /v1/chat/completions 400', 'POST /v1/responses 400', 'POST /tools/invoke 400']);
    expect(result.live).toMatchObject({
      authMode: { known: true, value: 'none' },
      anonymousSession: era === '2026.3.7' ? { known: false } : { known: true, value: true },
      crossSitePost: { known: true, value: era === '2026.3.7' },
      foreignHost: { known: true, value: { accepted: true, endpoint: 'POST /v1/chat/completions', open: true } },
    });
    expect(result.ok).toBe(era === '2026.9.6');
  });

  it('whose HTTP endpoints are off or demand a secret', async () => {
    const result = await probe({ era, mode: 'token', secret: SECRET });
    const verdicts = Object.fromEntries(result.live!.http.map((s) => [s.endpoint, s.verdict]));
    expect(verdicts).toMatchObject({
      'GET /healthz': 'open',
      'GET /': 'open',
      'GET /__openclaw/control-ui-config.json': era === '2026.3.7' ? 'open' : 'protected',
      'GET /__openclaw__/canvas/': 'absent',
      'GET /v1/responses': 'absent',
      'POST /tools/invoke': 'protected',
      'GET /api/v1/admin/rpc': 'absent',
    });
    expect(Object.values(verdicts)).not.toContain('unknown');
  });

  it('that lets in any Origin', async () => {
    const result = await probe({ era, mode: 'token', secret: SECRET, allowAnyOrigin: true });
    expect(result.live!.foreignOrigin).toEqual({ known: true, value: true });
  });

  it('that is starting is asked again', async () => {
    const result = await probe({ era, mode: 'token', secret: SECRET, startingFor: 2 });
    expect(result).toMatchObject({ ok: true, live: { accepted: { value: true } } });
  });

  it('that keeps starting is said to be', async () => {
    const result = await probe({ era, mode: 'token', secret: SECRET, startingFor: 1000 }, {}, 1500);
    expect(result).toMatchObject({
      ok: false,
      failure: 'starting',
      close: { code: 1013 },
      live: { isGateway: { value: true }, accepted: { known: false } },
    });
  });

  it('that does not answer connect', async () => {
    const result = await probe({ era, mode: 'token', secret: SECRET, onRequest: () => true }, {}, 600);
    expect(result).toMatchObject({
      ok: false,
      failure: 'timeout',
      error: 'timeout',
      live: { accepted: { known: false } },
    });
  });

  it('that answers connect but not health', async () => {
    const result = await probe(
      { era, mode: 'token', secret: SECRET, onRequest: (_, f) => f.method === 'health' },
      {},
      1000,
    );
    expect(result).toMatchObject({ ok: false, failure: 'timeout' });
    expect(result.live!.accepted).toEqual({ known: true, value: true });
  });

  it('that is rate limiting', async () => {
    const result = await probe({
      era,
      mode: 'token',
      secret: SECRET,
      onRequest: (ws, f) => {
        reject(ws, f.id, {
          code: 'INVALID_REQUEST',
          message: 'unauthorized: too many failed attempts',
          details: { code: 'AUTH_RATE_LIMITED' },
        });
        return true;
      },
    });
    expect(result).toMatchObject({
      failure: 'rate-limited',
      live: { anonymousSession: { known: false }, foreignOrigin: { known: false } },
    });
  });
});

describe('what differs', () => {
  it('settings that are not applied', async () => {
    const result = await probe({ era: '2026.9.6', mode: 'token', secret: SECRET, configApplied: false });
    expect(result.live!.configApplied).toEqual({ known: true, value: false });
  });

  it('a gateway that believes X-Real-IP', async () => {
    const result = await probe({ era: '2026.3.7', mode: 'token', secret: SECRET, believesRealIp: true });
    expect(result.live!.realIpBelieved).toEqual({ known: true, value: true });
    expect(result.live!.servingSince.known).toBe(false);
  });

  it('a session whose scopes were cleared is reachable', async () => {
    const result = await probe({
      era: '2026.9.6',
      mode: 'token',
      secret: SECRET,
      onRequest: (ws, f) => {
        if (f.method !== 'status' && f.method !== 'config.get') return false;
        send(ws, {
          type: 'res',
          id: f.id,
          ok: false,
          error: { code: 'INVALID_REQUEST', message: 'missing scope: operator.read' },
        });
        return true;
      },
    });
    expect(result).toMatchObject({
      ok: true,
      live: {
        calls: { health: 'answered', status: 'refused', 'config.get': 'refused' },
        configValid: { known: false },
      },
    });
  });

  it('a gateway that repeats the secret does not get it into the report', async () => {
    const result = await probe({
      era: '2026.9.6',
      mode: 'token',
      secret: SECRET,
      onRequest: (ws, f) => {
        reject(ws, f.id, {
          code: 'INVALID_REQUEST',
          message: `you sent ${SECRET} and ${SECRET.slice(0, 15)}`,
          details: { code: SECRET },
        });
        return true;
      },
    });
    expect(result.error).toBe('you sent [secret] and [secret]');
    expect(result.close?.reason).toBe('you sent [secret] and [secret]');
  });
});
