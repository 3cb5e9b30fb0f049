import { type LiveGateway, seen } from '../../core/live.ts';
import type { GatewayProbe, Snapshot } from '../../core/snapshot.ts';

const HEALTHY: LiveGateway = {
  urlSource: 'local',
  loopback: true,
  isGateway: seen(true),
  credential: { kind: 'token', from: 'config', sent: true },
  accepted: seen(true),
  scopes: seen(['operator.read']),
  calls: { health: 'answered', 'config.get': 'answered' },
  version: seen('2026.9.6'),
  protocol: seen(4),
  authMode: seen('token'),
  configPath: seen('/home/u/.openclaw/openclaw.json'),
  configValid: seen(true),
  configApplied: seen(true),
  configChangedAt: seen(1_780_000_000_000),
  servingSince: seen(1_780_000_100_000),
  process: seen({
    pid: 4242,
    name: 'openclaw-gatewa',
    isOpenClaw: true,
    uid: 1000,
    startedAt: 1_780_000_090_000,
    programDeleted: seen(false),
    capabilities: false,
    noNewPrivileges: false,
    seccomp: false,
  }),
  listeners: seen([{ protocol: 'tcp', address: '127.0.0.1', port: 18789, scope: 'loopback' }]),
  otherListeners: seen([]),
  http: [
    { endpoint: 'GET /healthz', kind: 'liveness', status: 200, verdict: 'open' },
    { endpoint: 'POST /tools/invoke', kind: 'control', status: 401, verdict: 'protected' },
    { endpoint: 'POST /v1/chat/completions', kind: 'control', status: 404, verdict: 'absent' },
  ],
  anonymousSession: seen(false),
  foreignOrigin: seen(false),
  foreignOriginForwarded: seen(false),
  foreignHost: seen({ accepted: true, endpoint: 'GET /healthz', open: false }),
  crossSitePost: { known: false, reason: 'no endpoint is open' },
  realIpBelieved: seen(false),
  browserControl: seen({ port: 18791, state: 'closed' }),
  cdp: seen([]),
  tlsTrusted: { known: false, reason: 'it is not asked over TLS' },
};

/** For cases: a healthy gateway of the audited config that was asked with its token, and what is different about it. */
export function probed(
  live: Partial<LiveGateway> = {},
  probe: Partial<Omit<GatewayProbe, 'live'>> = {},
): Pick<Snapshot, 'gateway'> {
  return {
    gateway: {
      attempted: true,
      url: 'ws://127.0.0.1:18789',
      ok: true,
      error: null,
      close: null,
      ...probe,
      live: { ...HEALTHY, ...live },
    },
  };
}
