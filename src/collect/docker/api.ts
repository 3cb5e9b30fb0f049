import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DockerFacts, SandboxContainer } from '../../core/snapshot.ts';
import { type Deadline, DeadlineError, deadlineAfter } from '../deadline.ts';
import { BROWSER_LABEL, type ListedContainer, parseContainerList, parsePortBindings } from './parse.ts';

/** Milliseconds for everything that is asked over the socket. */
const TOTAL_MS = 1000;
/** Bounds memory too: JSON of this size can take thirty times as much once parsed. */
const MAX_LIST_BYTES = 2 * 1024 * 1024;
const MAX_INSPECT_BYTES = 512 * 1024;
/** Stopped containers that are inspected, and how many at a time. */
const MAX_INSPECTED = 40;
const PARALLEL = 4;

/** Where a local Docker engine listens: the system's, a rootless one's, and the two of Docker Desktop. */
export function dockerSockets(env: { readonly xdgRuntimeDir?: string; readonly homeDir?: string }): string[] {
  const out = ['/var/run/docker.sock'];
  if (env.xdgRuntimeDir && path.isAbsolute(env.xdgRuntimeDir)) out.push(path.join(env.xdgRuntimeDir, 'docker.sock'));
  if (env.homeDir && path.isAbsolute(env.homeDir)) {
    out.push(path.join(env.homeDir, '.docker/run/docker.sock'), path.join(env.homeDir, '.docker/desktop/docker.sock'));
  }
  return out;
}

/** Asks every engine that listens on one of these sockets, all at once, and puts the answers together. */
export async function askDockerSockets(sockets: readonly string[], signal?: AbortSignal): Promise<DockerFacts> {
  const found = new Set(sockets.flatMap((socket) => realSocket(socket) ?? []));
  if (found.size === 0) return { status: 'absent', containers: [], timeouts: [] };
  const deadline = deadlineAfter(TOTAL_MS, signal);
  try {
    return merge(await Promise.all([...found].map((socket) => askOne(socket, deadline))));
  } finally {
    deadline.clear();
  }
}

function realSocket(socket: string): string | undefined {
  try {
    return statSync(socket, { throwIfNoEntry: false })?.isSocket() ? realpathSync(socket) : undefined;
  } catch (error) {
    // A socket whose directory is closed to us is there for somebody; asking it gives the reason.
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? socket : undefined;
  }
}

async function askOne(socketPath: string, deadline: Deadline): Promise<DockerFacts> {
  // Most machines have no Docker, and an HTTP client is a good part of the start-up.
  const { boundedRequest } = await import('../bounded-http.ts');
  const get = async (target: string, maxBytes: number): Promise<unknown> => {
    const answer = await boundedRequest({
      peer: { socketPath },
      path: target,
      headers: { Host: 'docker' },
      maxBytes,
      signal: deadline.signal,
    });
    if (answer.status !== 200) throw new Error(`it answered with HTTP status ${answer.status}`);
    if (answer.truncated) throw new Error(`its answer is longer than ${maxBytes} bytes`);
    return JSON.parse(answer.body) as unknown;
  };
  const list = `/containers/json?all=1&filters=${encodeURIComponent(JSON.stringify({ label: [BROWSER_LABEL] }))}`;
  try {
    const parsed = parseContainerList(await get(list, MAX_LIST_BYTES));
    if (!parsed) throw new Error('its answer is not a list of containers');
    const notes = parsed.bad > 0 ? [`${parsed.bad} containers at ${socketPath} could not be read`] : [];
    const timeouts: string[] = [];
    const containers = await withStoppedPorts(parsed.listed, timeouts, (id) =>
      get(`/containers/${id}/json`, MAX_INSPECT_BYTES),
    );
    return { status: 'ok', containers, timeouts, ...(notes.length > 0 && { error: notes.join('; ') }) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // A socket file that nobody listens on any more is no Docker.
    if (code === 'ECONNREFUSED' || code === 'ENOENT') return { status: 'absent', containers: [], timeouts: [] };
    if (error instanceof DeadlineError) {
      return {
        status: 'timeout',
        containers: [],
        timeouts: [`list at ${socketPath}`],
        error: `${socketPath}: ${error.message}`,
      };
    }
    return { status: 'error', containers: [], timeouts: [], error: `${socketPath}: ${reason(error)}` };
  }
}

/** A clause without the peer's own words: a parser's message may quote the answer. */
function reason(error: unknown): string {
  if (error instanceof SyntaxError) return 'its answer is not JSON';
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return code?.startsWith('HPE_') ? `its answer is not HTTP (${code})` : (error as Error).message;
}

/** The list says nothing about the ports of containers that do not run; these are inspected, a few at a time. */
async function withStoppedPorts(
  listed: readonly ListedContainer[],
  timeouts: string[],
  inspect: (id: string) => Promise<unknown>,
): Promise<SandboxContainer[]> {
  const out = listed.map(({ container }) => container);
  const stopped = listed.flatMap(({ container }, index) => (container.running ? [] : [index]));
  for (const index of stopped) out[index] = withPorts(out[index]!, undefined);
  const queue = stopped.slice(0, MAX_INSPECTED);
  const worker = async (): Promise<void> => {
    for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
      const { id, container } = listed[index]!;
      try {
        out[index] = withPorts(container, parsePortBindings(await inspect(id)));
      } catch (error) {
        if (error instanceof DeadlineError) timeouts.push(`inspect ${container.name}`);
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return out;
}

function withPorts(container: SandboxContainer, ports: SandboxContainer['ports']): SandboxContainer {
  const { ports: _, ...rest } = container;
  return { ...rest, ...(ports && { ports }) };
}

/** `ok` when one engine answered; what the others said stays in `timeouts` and `error`. */
function merge(all: readonly DockerFacts[]): DockerFacts {
  const errors = all.flatMap((facts) => facts.error ?? []);
  const status = (['ok', 'timeout', 'error'] as const).find((s) => all.some((facts) => facts.status === s)) ?? 'absent';
  return {
    status,
    containers: all.flatMap((facts) => facts.containers),
    timeouts: all.flatMap((facts) => facts.timeouts),
    ...(errors.length > 0 && { error: errors.join('; ') }),
  };
}
