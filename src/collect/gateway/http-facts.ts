import { type HttpSurface, type LiveGateway, type Seen, seen, unseen } from '../../core/live.ts';
import { boundedRequest, type HttpAnswer } from '../bounded-http.ts';
import { property, textProperty } from '../foreign-json.ts';
import type { Clean } from './held-secret.ts';
import { type Ask, askSurface, type Endpoint, endpoints, judge } from './surfaces.ts';
import type { GatewayUrl } from './url.ts';

/** A name that no machine has, as the Origin and Host of a web page that does not belong to the gateway. */
export const FOREIGN_HOST = 'openclaw-security.invalid';
export const FOREIGN_ORIGIN = `https://${FOREIGN_HOST}`;
/** An address reserved for documentation, as the client that a forged proxy header names. */
export const FOREIGN_ADDRESS = '203.0.113.9';

const MAX_BODY_BYTES = 64 * 1024;
const PARALLEL = 3;

export interface HttpFactsOptions {
  readonly at: GatewayUrl;
  readonly basePath: string;
  readonly signal: AbortSignal;
  readonly clean: Clean;
  /** Epoch milliseconds now. */
  readonly now: () => number;
}

export type HttpFacts = Pick<
  LiveGateway,
  'http' | 'foreignHost' | 'crossSitePost' | 'realIpBelieved' | 'servingSince'
> & {
  /** Version without a session; only where the gateway tells it to everybody. */
  readonly version?: string;
};

/** Asks the HTTP surfaces of a port that has shown itself to be a gateway. Never rejects: what time ran out for is unknown. */
export async function httpFacts(options: HttpFactsOptions): Promise<HttpFacts> {
  const ask = asker(options);
  const answers = new Map<string, Promise<HttpAnswer>>();
  /** One GET for each path, however often its answer is looked at. */
  const get = (path: string): Promise<HttpAnswer> => {
    const known = answers.get(path) ?? ask('GET', path);
    answers.set(path, known);
    return known;
  };
  const askOnce: Ask = (method, path, headers) =>
    method === 'GET' && !headers ? get(path) : ask(method, path, headers);
  const uiPage = async (): Promise<string | undefined> => {
    const answer = await get(`${options.basePath}/`).catch(() => undefined);
    return answer?.mediaType === 'text/html' ? answer.body : undefined;
  };

  const list = endpoints(options.basePath);
  const http: HttpSurface[] = [];
  await inParallel(list, PARALLEL, async (endpoint: Endpoint, index) => {
    const surface = await askSurface(endpoint, askOnce, uiPage);
    http[index] = surface.reason === undefined ? surface : { ...surface, reason: options.clean(surface.reason) };
  });
  const [foreignHost, crossSitePost, realIpBelieved, servingSince, version] = await Promise.all([
    askForeignHost(http, ask),
    askCrossSite(http, ask),
    askRealIp(ask),
    readServingSince(get, options.now),
    readVersion(get, options),
  ]);
  return { http, foreignHost, crossSitePost, realIpBelieved, servingSince, ...(version !== undefined && { version }) };
}

function asker({ at, signal }: HttpFactsOptions): Ask {
  return (method, path, headers) =>
    boundedRequest({
      peer: { host: at.host, port: at.port, ...(at.secure && { tls: { verify: !at.loopback } }) },
      method,
      path,
      headers: {
        Accept: '*/*',
        ...(method === 'POST' && { 'Content-Type': 'application/json', 'Content-Length': '2' }),
        ...headers,
      },
      ...(method === 'POST' && { body: '{}' }),
      maxBytes: MAX_BODY_BYTES,
      signal,
    });
}

async function inParallel<T>(
  items: readonly T[],
  workers: number,
  run: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const queue = items.map((item, index) => ({ item, index }));
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await run(next.item, next.index);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

/** The open endpoint that says most: one that runs something, then one that tells something. */
function mostTelling(http: readonly HttpSurface[]): HttpSurface | undefined {
  const open = http.filter((surface) => surface.verdict === 'open');
  return (['control', 'models', 'details'] as const).flatMap((kind) =>
    open.filter((surface) => surface.kind === kind),
  )[0];
}

function parts(surface: HttpSurface): { method: 'GET' | 'POST'; path: string } {
  const [method, path] = surface.endpoint.split(' ') as ['GET' | 'POST', string];
  return { method, path };
}

async function askForeignHost(http: readonly HttpSurface[], ask: Ask): Promise<LiveGateway['foreignHost']> {
  const surface = mostTelling(http);
  const { method, path } = surface ? parts(surface) : { method: 'GET' as const, path: '/healthz' };
  try {
    const answer = await ask(method, path, { Host: FOREIGN_HOST });
    const { verdict, reason } = judge(method === 'POST' ? 'post' : 'get', answer);
    if (verdict === 'unknown') return unseen(reason ?? 'the answer is not understood');
    return seen({ accepted: verdict === 'open', endpoint: `${method} ${path}`, open: surface !== undefined });
  } catch {
    return unseen('no answer to a request with a foreign Host header');
  }
}

async function askCrossSite(http: readonly HttpSurface[], ask: Ask): Promise<Seen<boolean>> {
  const surface = http.find((s) => s.kind === 'control' && s.verdict === 'open' && s.endpoint.startsWith('POST '));
  if (!surface) return unseen('no endpoint that runs tools or agents answered without a secret');
  try {
    const { method, path } = parts(surface);
    // What a form or a script of another site can send without asking the gateway first.
    const answer = await ask(method, path, {
      Origin: FOREIGN_ORIGIN,
      'Sec-Fetch-Site': 'cross-site',
      'Content-Type': 'text/plain',
    });
    const { verdict, reason } = judge('post', answer);
    return verdict === 'unknown' ? unseen(reason ?? 'the answer is not understood') : seen(verdict === 'open');
  } catch {
    return unseen('no answer to a cross-site request');
  }
}

/** `/readyz` gives details to local clients only, so it tells whom the gateway takes the client for (2026.3.7). */
async function askRealIp(ask: Ask): Promise<Seen<boolean>> {
  const hasDetails = async (address: string): Promise<boolean | undefined> => {
    const answer = await ask('GET', '/readyz', { 'X-Real-IP': address });
    if (answer.status === 401 || answer.status === 403) return false;
    const body = parse(answer.body);
    return typeof property(body, 'ready') === 'boolean' ? property(body, 'uptimeMs') !== undefined : undefined;
  };
  try {
    const [local, foreign] = await Promise.all([hasDetails('127.0.0.1'), hasDetails(FOREIGN_ADDRESS)]);
    if (local === undefined || foreign === undefined) return unseen('/readyz is not answered as known versions do');
    return seen(local && !foreign);
  } catch {
    return unseen('no answer to a request with X-Real-IP');
  }
}

async function readServingSince(get: (path: string) => Promise<HttpAnswer>, now: () => number): Promise<Seen<number>> {
  const answer = await get('/readyz').catch(() => undefined);
  const uptime = property(parse(answer?.body ?? ''), 'uptimeMs');
  if (typeof uptime !== 'number' || !(uptime >= 0) || uptime > now())
    return unseen('/readyz does not tell how long the gateway has been serving');
  return seen(Math.round(now() - uptime));
}

/** 2026.9.6 tells its version in `/startupz`, 2026.3.7 in the settings of the control interface. */
async function readVersion(
  get: (path: string) => Promise<HttpAnswer>,
  { basePath, clean }: HttpFactsOptions,
): Promise<string | undefined> {
  for (const path of ['/startupz', `${basePath}/__openclaw/control-ui-config.json`]) {
    const body = parse((await get(path).catch(() => undefined))?.body ?? '');
    const version = textProperty(body, 'version') ?? textProperty(body, 'serverVersion');
    if (version !== undefined) return clean(version, 60);
  }
  return undefined;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
