import { stat } from 'node:fs/promises';
import { type ListenAddress, type LiveGateway, type NeighbourPort, type Seen, seen, unseen } from '../../core/live.ts';
import { type ListenSocket, listenSockets } from './listeners.ts';
import { askBrowserControl, askCdp, BROWSER_CONTROL_OFFSET, CDP_COUNT, CDP_OFFSET } from './neighbours.ts';
import { findProcess } from './process.ts';

/** The listening sockets of this machine, or why they cannot be listed. */
export function readListenSockets(platform: string, procRoot: string): Seen<readonly ListenSocket[]> {
  if (platform !== 'linux') return unseen('listening sockets are read on Linux only');
  try {
    return seen(listenSockets(procRoot));
  } catch {
    return unseen(`${procRoot}/net/tcp cannot be read`);
  }
}

export type PortFacts = Pick<LiveGateway, 'listeners' | 'process' | 'otherListeners'>;

/** What holds a TCP port of this machine. */
export function portFacts(sockets: Seen<readonly ListenSocket[]>, port: number, procRoot: string): PortFacts {
  if (!sockets.known) return { listeners: sockets, process: sockets, otherListeners: sockets };
  const own = sockets.value.filter((socket) => socket.protocol === 'tcp' && socket.port === port);
  if (own.length === 0) {
    const none = unseen(`nothing listens on port ${port} in this network namespace`);
    return { listeners: none, process: none, otherListeners: none };
  }
  const listeners = seen(own.map(address));
  const found = findProcess(procRoot, new Set(own.map((socket) => socket.inode)));
  if (!found.known) return { listeners, process: found, otherListeners: found };
  const { process, inodes } = found.value;
  const others = sockets.value.filter((socket) => inodes.has(socket.inode) && !own.includes(socket));
  return {
    listeners,
    process: seen(process),
    otherListeners: process.isOpenClaw ? seen(others.map(address)) : unseen(`the port is held by ${process.name}`),
  };
}

function address({ protocol, address, port, scope }: ListenSocket): ListenAddress {
  return { protocol, address, port, scope };
}

/**
 * Why a secret must not go to this port: another ordinary user of the machine listens there. Whoever opens the port while
 * the gateway is down would otherwise be handed the secret. Undefined when nothing speaks against it.
 */
export function reasonToWithhold(
  sockets: Seen<readonly ListenSocket[]>,
  port: number,
  trusted: ReadonlySet<number>,
): string | undefined {
  if (!sockets.known) return undefined;
  const stranger = sockets.value.find((s) => s.protocol === 'tcp' && s.port === port && !trusted.has(s.uid));
  return stranger && `the port is opened by user ${stranger.uid}, who is neither root, you nor the owner of the config`;
}

/** Newest modification time of these files, epoch milliseconds. */
export async function newestChange(files: readonly string[]): Promise<Seen<number>> {
  const times = await Promise.all(
    files.map((file) =>
      stat(file).then(
        (s) => s.mtimeMs,
        () => undefined,
      ),
    ),
  );
  const known = times.filter((time) => time !== undefined);
  if (known.length === 0 || known.length < times.length)
    return unseen('not every config file has a modification time that can be read');
  return seen(Math.round(Math.max(...known)));
}

export interface NeighbourOptions {
  readonly gatewayPort: number;
  readonly sockets: Seen<readonly ListenSocket[]>;
  /** Other than the default, from the config. */
  readonly browserControlPort?: number;
  readonly cdpPorts?: readonly number[];
  readonly signal: AbortSignal;
}

/** Most DevTools ports asked where the list of listening sockets narrows them down, and how many at a time. */
const MAX_CDP_ASKED = 16;
const PARALLEL = 8;

/** What answers on the loopback ports beside the gateway. Rejects only when the signal aborts. */
export async function neighbourFacts(options: NeighbourOptions): Promise<Pick<LiveGateway, 'browserControl' | 'cdp'>> {
  const { gatewayPort, sockets, signal } = options;
  const control = options.browserControlPort ?? gatewayPort + BROWSER_CONTROL_OFFSET;
  const range = Array.from({ length: CDP_COUNT }, (_, i) => gatewayPort + CDP_OFFSET + i);
  const wanted = [...new Set([...(options.cdpPorts ?? []), ...range])].filter((port) => port > 0 && port < 65536);
  const listening = sockets.known
    ? new Set(sockets.value.filter((s) => s.protocol === 'tcp').map((s) => s.port))
    : undefined;
  const asked = listening ? wanted.filter((port) => listening.has(port)).slice(0, MAX_CDP_ASKED) : wanted;
  const found: NeighbourPort[] = [];
  const queue = [...asked];
  const worker = async (): Promise<void> => {
    for (let port = queue.shift(); port !== undefined; port = queue.shift()) {
      const answer = await askCdp(port, signal);
      if (answer.state !== 'closed') found.push(answer);
    }
  };
  const [browserControl] = await Promise.all([
    control < 65536 ? askBrowserControl(control, signal) : undefined,
    ...Array.from({ length: PARALLEL }, worker),
  ]);
  return {
    browserControl: browserControl ? seen(browserControl) : unseen('its port would be above 65535'),
    cdp: seen(found.sort((a, b) => a.port - b.port)),
  };
}
