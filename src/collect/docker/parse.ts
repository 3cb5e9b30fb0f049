import type { SandboxContainer } from '../../core/snapshot.ts';
import { property } from '../foreign-json.ts';

/** Labels that OpenClaw puts on its sandbox browser containers; the same in 2026.3.7 and 2026.9.6. */
export const BROWSER_LABEL = 'openclaw.sandboxBrowser=1';
export const CONFIG_HASH_LABEL = 'openclaw.configHash';
export const EPOCH_LABEL = 'openclaw.browserConfigEpoch';

/** What Docker's templates print for a label that is not there. */
const NO_VALUE = '<no value>';

/** Docker's own rule for container names. */
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,200}$/;

/** Most containers looked at; far above what one machine runs. */
export const MAX_CONTAINERS = 200;
const MAX_PORTS = 100;
const MAX_LABEL = 200;

export type PublishedPort = NonNullable<SandboxContainer['ports']>[number];

/** True when the text can be a container name, so that it can stand on a command line as no option. */
export function isContainerName(text: string): boolean {
  return NAME.test(text);
}

/** A label's value; undefined when absent, blank or no text. */
export function labelValue(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' || text === NO_VALUE ? undefined : text.slice(0, MAX_LABEL);
}

/**
 * One line of `docker port`: `9222/tcp -> 127.0.0.1:32768`, with `[::]:1` for IPv6 and, from older versions, `:::1`.
 * Undefined when it is none of these.
 */
export function parsePortLine(line: string): PublishedPort | undefined {
  const arrow = line.lastIndexOf('->');
  if (arrow < 0) return undefined;
  const m = /^(\S+):(\d{1,5})$/.exec(line.slice(arrow + 2).trim());
  if (!m) return undefined;
  const host = m[1]!.replace(/^\[(.*)\]$/, '$1');
  if (host === '' || host.length > 100) return undefined;
  return { host, port: m[2]!, container: line.slice(0, arrow).trim().slice(0, 40) };
}

/** What `docker port` prints: its ports, and how many lines could not be read. */
export function parsePortLines(text: string): { ports: PublishedPort[]; bad: number } {
  const ports: PublishedPort[] = [];
  let bad = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const port = parsePortLine(line);
    if (port && ports.length < MAX_PORTS) ports.push(port);
    else bad++;
  }
  return { ports, bad };
}

export interface ListedContainer {
  readonly id: string;
  readonly container: SandboxContainer;
}

/**
 * The answer of `GET /containers/json`, whatever its shape. Containers without our label are left out, because not every
 * engine that speaks this API knows the filter. Undefined when it is no list.
 */
export function parseContainerList(answer: unknown): { listed: ListedContainer[]; bad: number } | undefined {
  if (!Array.isArray(answer)) return undefined;
  const listed: ListedContainer[] = [];
  let bad = 0;
  for (const entry of answer as unknown[]) {
    const labels = property(entry, 'Labels');
    const [label, wanted] = BROWSER_LABEL.split('=') as [string, string];
    if (property(labels, label) !== wanted) continue;
    const names = property(entry, 'Names');
    const first: unknown = Array.isArray(names) ? names[0] : undefined;
    const name = typeof first === 'string' ? first.replace(/^\//, '') : '';
    const id = property(entry, 'Id');
    if (
      !isContainerName(name) ||
      typeof id !== 'string' ||
      !/^[0-9a-f]{12,64}$/.test(id) ||
      listed.length >= MAX_CONTAINERS
    ) {
      bad++;
      continue;
    }
    const configHash = labelValue(property(labels, CONFIG_HASH_LABEL));
    const epoch = labelValue(property(labels, EPOCH_LABEL));
    const ports = listedPorts(property(entry, 'Ports'));
    listed.push({
      id,
      container: {
        name,
        ...(configHash !== undefined && { configHash }),
        ...(epoch !== undefined && { epoch }),
        ...(ports && { ports }),
        running: property(entry, 'State') === 'running',
        hostNetwork: property(property(entry, 'HostConfig'), 'NetworkMode') === 'host',
      },
    });
  }
  return { listed, bad };
}

/** `Ports` of a listed container: only those with a public side. Undefined when one cannot be read. */
function listedPorts(value: unknown): PublishedPort[] | undefined {
  if (!Array.isArray(value) || value.length > MAX_PORTS) return undefined;
  const out: PublishedPort[] = [];
  for (const entry of value as unknown[]) {
    const host = property(entry, 'IP');
    const port = property(entry, 'PublicPort');
    if (port === undefined || port === 0) continue;
    const inner = property(entry, 'PrivatePort');
    const type = property(entry, 'Type');
    if (typeof port !== 'number' || typeof inner !== 'number' || (host !== undefined && typeof host !== 'string'))
      return undefined;
    out.push({
      host: anyAddress(host),
      port: String(port),
      container: `${inner}/${type === 'udp' || type === 'sctp' ? type : 'tcp'}`,
    });
  }
  return out;
}

/**
 * The ports that a stopped container publishes when it is started: `HostConfig.PortBindings` of `GET /containers/<id>/json`.
 * Undefined when the answer does not say. A port that Docker picks at start is `0`.
 */
export function parsePortBindings(answer: unknown): PublishedPort[] | undefined {
  const bindings = property(property(answer, 'HostConfig'), 'PortBindings');
  if (bindings === null) return [];
  if (typeof bindings !== 'object') return undefined;
  const out: PublishedPort[] = [];
  for (const [container, hosts] of Object.entries(bindings)) {
    if (hosts === null) continue;
    if (!Array.isArray(hosts)) return undefined;
    for (const host of hosts as unknown[]) {
      const ip = property(host, 'HostIp');
      const port = property(host, 'HostPort');
      if (out.length >= MAX_PORTS || (ip !== undefined && typeof ip !== 'string')) return undefined;
      const known = typeof port === 'string' && /^\d{1,5}$/.test(port) ? port : '0';
      out.push({ host: anyAddress(ip), port: known, container: container.slice(0, 40) });
    }
  }
  return out;
}

/** Docker publishes on every address when no host address is given. */
function anyAddress(host: string | undefined): string {
  return host === undefined || host === '' ? '0.0.0.0' : host.slice(0, 100);
}
