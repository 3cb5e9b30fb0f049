import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** The program as it is built and published. */
export const PROGRAM = join(ROOT, 'dist/bin.cjs');

/** The two bundled homes. */
export const UNSAFE_HOME = join(ROOT, 'examples/unsafe-home');

/** Nothing that a run takes longer than this is in order; also stops what hangs. */
const TIME_LIMIT_MS = 30_000;

export interface Started {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** User to run as; only root can. */
  readonly uid?: number;
  /** A program before ours, e.g. `['strace', '-f']`. */
  readonly before?: readonly string[];
  readonly input?: string;
}

/** What the built program printed, and its exit code; -1 when it had to be stopped. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the built program in a process of its own, with nothing of this environment but the search path. */
export function runProgram(
  args: readonly string[],
  { env = {}, cwd = '/', uid, before = [], input }: Started = {},
): Ran {
  const [command, ...rest] = [...before, process.execPath, PROGRAM, ...args] as [string, ...string[]];
  const run = spawnSync(command, rest, {
    cwd,
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', ...env },
    encoding: 'utf8',
    timeout: TIME_LIMIT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: 256 << 20,
    ...(uid === undefined ? {} : { uid, gid: uid }),
    ...(input === undefined ? {} : { input }),
  });
  return { code: run.status ?? -1, out: run.stdout, err: run.stderr };
}
