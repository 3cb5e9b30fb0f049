import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';

/** What tells a process from every other that has, had or will have its number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in a form that only compares; absent where the system does not tell. */
  readonly start?: string;
  /** Host name. */
  readonly host: string;
  /** The boot of that host. */
  readonly boot?: string;
  /** The process id namespace: in another one the number means another process. */
  readonly namespace?: string;
}

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  const start = startOf(process.pid)?.start;
  const boot = attempt(() => fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const namespace = attempt(() => fs.readlinkSync('/proc/self/ns/pid'));
  return {
    pid: process.pid,
    host: os.hostname(),
    ...(start === undefined ? {} : { start }),
    ...(boot === undefined ? {} : { boot }),
    ...(namespace === undefined ? {} : { namespace }),
  };
}

/** Whether another process still runs, as far as it can be told from here; `unknown` on another host or in another container. */
export function liveness(other: ProcessIdentity, own: ProcessIdentity): 'alive' | 'dead' | 'unknown' {
  if (other.host !== own.host) return 'unknown';
  if (other.boot !== undefined && own.boot !== undefined && other.boot !== own.boot) return 'dead';
  if (other.namespace !== own.namespace) return 'unknown';
  try {
    process.kill(other.pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return 'dead';
  }
  const now = startOf(other.pid);
  if (now?.zombie) return 'dead';
  if (now && other.start !== undefined && now.start !== other.start) return 'dead';
  return 'alive';
}

function startOf(pid: number): { start: string; zombie: boolean } | undefined {
  if (process.platform === 'linux')
    return attempt(() => {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The second field is the program's name in brackets, which may itself hold brackets and spaces.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return { start: fields[19]!, zombie: fields[0] === 'Z' || fields[0] === 'X' };
    });
  if (process.platform === 'win32') return undefined;
  return attempt(() => {
    const out = execFileSync('/bin/ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5000,
    }).trim();
    return { start: out.replace(/^\S+\s+/, ''), zombie: out.startsWith('Z') };
  });
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
