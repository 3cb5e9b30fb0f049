import type { NeighbourPort } from '../../core/live.ts';
import { boundedRequest, type HttpAnswer } from '../bounded-http.ts';
import { property } from '../foreign-json.ts';

/** Browser control listens here above the gateway's port, on 127.0.0.1 only (OpenClaw 2026.3.7, 2026.9.6). */
export const BROWSER_CONTROL_OFFSET = 2;
/** Ports that managed browsers get for Chrome DevTools: 18800 to 18899 with the default gateway port. */
export const CDP_OFFSET = 11;
export const CDP_COUNT = 100;

const MAX_BYTES = 64 * 1024;

/** Asks a loopback port for one path without a secret. `isService` tells the service's own answer. Rejects only when aborted. */
async function askPort(
  port: number,
  path: string,
  isService: (body: unknown) => boolean,
  signal: AbortSignal,
): Promise<NeighbourPort> {
  let answer: HttpAnswer;
  try {
    answer = await boundedRequest({ peer: { host: '127.0.0.1', port }, path, maxBytes: MAX_BYTES, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    return { port, state: (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? 'closed' : 'other' };
  }
  const { status } = answer;
  if (status === 401 || status === 403) return { port, state: 'protected', status };
  return { port, state: status === 200 && isService(parse(answer.body)) ? 'open' : 'other', status };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** OpenClaw's browser control server: `GET /` tells its state, with the DevTools port in it. */
export function askBrowserControl(port: number, signal: AbortSignal): Promise<NeighbourPort> {
  return askPort(
    port,
    '/',
    (body) => property(body, 'cdpPort') !== undefined || property(body, 'running') !== undefined,
    signal,
  );
}

/** A browser's DevTools: `GET /json/version` names the WebSocket that controls it, to everybody who asks. */
export function askCdp(port: number, signal: AbortSignal): Promise<NeighbourPort> {
  return askPort(port, '/json/version', (body) => property(body, 'webSocketDebuggerUrl') !== undefined, signal);
}
