import type { HttpSurface } from '../../core/live.ts';
import type { HttpAnswer } from '../bounded-http.ts';

/** An endpoint that is asked without a secret. */
export interface Endpoint {
  readonly path: string;
  readonly kind: HttpSurface['kind'];
  /**
   * `get`: JSON to everybody who may read it. `page`: HTML; an unknown path is answered with the control interface's own
   * page, so only a page of its own counts. `post`: takes POST only, and an empty object is refused after authentication.
   */
  readonly how: 'get' | 'page' | 'post';
}

/**
 * What is asked, in this order (OpenClaw 2026.3.7 and 2026.9.6). Endpoints where a mere request does something (`/hooks/*`,
 * `/sessions/<key>/kill`, plugin routes) are left alone; `/hooks/*` also counts a request without a token as a failed login.
 */
export function endpoints(basePath: string): Endpoint[] {
  return [
    { path: '/healthz', kind: 'liveness', how: 'get' },
    { path: '/readyz', kind: 'liveness', how: 'get' },
    { path: '/startupz', kind: 'liveness', how: 'get' },
    { path: `${basePath}/`, kind: 'ui', how: 'page' },
    { path: `${basePath}/__openclaw/control-ui-config.json`, kind: 'details', how: 'get' },
    { path: `${basePath}/avatar/main?meta=1`, kind: 'details', how: 'get' },
    { path: '/__openclaw__/canvas/', kind: 'files', how: 'page' },
    { path: '/__openclaw__/a2ui/', kind: 'files', how: 'page' },
    { path: '/v1/models', kind: 'models', how: 'get' },
    { path: '/v1/embeddings', kind: 'models', how: 'post' },
    { path: '/v1/chat/completions', kind: 'control', how: 'post' },
    { path: '/v1/responses', kind: 'control', how: 'post' },
    { path: '/tools/invoke', kind: 'control', how: 'post' },
    { path: '/api/v1/admin/rpc', kind: 'control', how: 'get' },
  ];
}

/** Sends one request to the gateway; never with a secret. */
export type Ask = (
  method: 'GET' | 'POST',
  path: string,
  headers?: Readonly<Record<string, string>>,
) => Promise<HttpAnswer>;

/** Asks one endpoint: GET, and where that says "POST only", a POST of an empty object. Never rejects. */
export async function askSurface(
  endpoint: Endpoint,
  ask: Ask,
  uiPage: () => Promise<string | undefined>,
): Promise<HttpSurface> {
  const base = { endpoint: `GET ${endpoint.path}`, kind: endpoint.kind };
  try {
    const got = await ask('GET', endpoint.path);
    if (endpoint.how === 'post' && got.status === 405) {
      const posted = await ask('POST', endpoint.path);
      return { endpoint: `POST ${endpoint.path}`, kind: endpoint.kind, ...judge('post', posted) };
    }
    const isUiPage = got.mediaType === 'text/html' && endpoint.kind !== 'ui' && got.body === (await uiPage());
    return { ...base, ...(isUiPage ? { status: got.status, verdict: 'absent' } : judge(endpoint.how, got)) };
  } catch (error) {
    return { ...base, status: null, verdict: 'unknown', reason: error instanceof Error ? error.message : 'no answer' };
  }
}

/** What a status means. Never "open" on the status alone where a page for unknown paths could stand behind it. */
export function judge(how: Endpoint['how'], answer: HttpAnswer): Pick<HttpSurface, 'status' | 'verdict' | 'reason'> {
  const { status, mediaType } = answer;
  const as = (verdict: HttpSurface['verdict'], reason?: string) => ({
    status,
    verdict,
    ...(reason !== undefined && { reason }),
  });
  if (status === 401 || status === 403) return as('protected');
  if (status === 404 || status === 410) return as('absent');
  if (status === 429) return as('unknown', 'the gateway limits requests from here');
  if (status >= 500) return as('unknown', `the gateway answered with status ${status}`);
  if (how === 'post') {
    if (status === 400 || status === 422 || (status >= 200 && status < 300 && mediaType === 'application/json'))
      return as('open');
    if (mediaType === 'text/html') return as('absent');
  } else if (how === 'page') {
    if (status === 200 && mediaType === 'text/html') return as('open');
  } else {
    if (status === 200 && mediaType === 'application/json') return as('open');
    if (status === 200 && mediaType === 'text/html') return as('absent');
    // Only a method that got past authentication is told to be the wrong one.
    if (status === 405) return as('open');
  }
  return as('unknown', `status ${status} is not one that this endpoint is known to give`);
}
