import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { type GatewayProcess, type Seen, seen, unseen } from '../../core/live.ts';

/** Linux counts process start times in hundredths of a second on every platform that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Most milliseconds for looking through all processes. */
const SEARCH_MS = 300;

/** Names that OpenClaw's gateway has in `/proc/<pid>/comm`, most telling first; the kernel cuts them at 15 characters. */
const LIKELY = [/^openclaw/, /^(node|MainThread)/];

/** Finds the process that holds one of these sockets, and says who it runs as. Only for reading; nothing is signalled. */
export function findProcess(
  procRoot: string,
  inodes: ReadonlySet<string>,
): Seen<{ process: GatewayProcess; inodes: Set<string> }> {
  const wanted = new Set([...inodes].map((inode) => `socket:[${inode}]`));
  const end = performance.now() + SEARCH_MS;
  let denied = 0;
  for (const pid of candidates(procRoot)) {
    if (performance.now() > end) return unseen('there are too many processes to look through');
    const held = heldSockets(procRoot, pid);
    if (!held) denied++;
    else if (held.some((link) => wanted.has(link))) {
      const process = readProcess(procRoot, pid);
      return process
        ? seen({ process, inodes: new Set(held.map((link) => link.slice('socket:['.length, -1))) })
        : unseen('the process ended while it was looked at');
    }
  }
  return unseen(
    denied > 0 ? 'the port is held by a process of another user' : 'no process of this namespace holds the port',
  );
}

function candidates(procRoot: string): number[] {
  let names: string[];
  try {
    names = readdirSync(procRoot);
  } catch {
    return [];
  }
  const all = names.filter((name) => /^\d+$/.test(name));
  const rank = (pid: string): number => {
    const name = readOr(path.join(procRoot, pid, 'comm'), '');
    const index = LIKELY.findIndex((pattern) => pattern.test(name));
    return index < 0 ? LIKELY.length : index;
  };
  return all
    .map((pid) => [rank(pid), Number(pid)] as const)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .map(([, pid]) => pid);
}

/** The socket links among the descriptors of a process; undefined when they may not be read. */
function heldSockets(procRoot: string, pid: number): string[] | undefined {
  const dir = path.join(procRoot, String(pid), 'fd');
  let names: string[];
  try {
    names = readdirSync(dir);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : undefined;
  }
  const out: string[] = [];
  for (const name of names) {
    try {
      const link = readlinkSync(path.join(dir, name));
      if (link.startsWith('socket:[')) out.push(link);
    } catch {
      // Closed in the meantime.
    }
  }
  return out;
}

function readProcess(procRoot: string, pid: number): GatewayProcess | undefined {
  const dir = path.join(procRoot, String(pid));
  const status = readOr(path.join(dir, 'status'), '');
  const field = (name: string): string | undefined => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1];
  const uid = field('Uid')?.split(/\s+/)[1];
  const startedAt = startTime(procRoot, readOr(path.join(dir, 'stat'), ''));
  if (uid === undefined || startedAt === undefined) return undefined;
  const name = readOr(path.join(dir, 'comm'), '').trim();
  return {
    pid,
    name: name.slice(0, 32),
    // This auditor's own name, in its folder or in a file it writes, tells of no gateway.
    isOpenClaw:
      LIKELY[0]!.test(name) ||
      (LIKELY[1]!.test(name) && /openclaw(?!-security)/.test(readOr(path.join(dir, 'cmdline'), ''))),
    uid: Number(uid),
    startedAt,
    programDeleted: programDeleted(dir),
    capabilities: /[1-9a-f]/.test(field('CapEff') ?? ''),
    noNewPrivileges: field('NoNewPrivs') === '1',
    seccomp: /^[12]$/.test(field('Seccomp') ?? ''),
  };
}

function programDeleted(dir: string): Seen<boolean> {
  try {
    return seen(readlinkSync(path.join(dir, 'exe')).endsWith(' (deleted)'));
  } catch {
    return unseen('the program file of the process may not be read');
  }
}

/** Epoch milliseconds from field 22 of `/proc/<pid>/stat`; the name in field 2 may hold spaces and brackets. */
function startTime(procRoot: string, stat: string): number | undefined {
  const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  const boot = Number(/^btime (\d+)$/m.exec(readOr(path.join(procRoot, 'stat'), ''))?.[1]);
  return Number.isFinite(ticks) && Number.isFinite(boot)
    ? boot * 1000 + Math.round((ticks * 1000) / TICKS_PER_SECOND)
    : undefined;
}

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}
