import { spawn } from 'node:child_process';
import path from 'node:path';
import type { DockerFacts, SandboxContainer } from '../../core/snapshot.ts';
import { type Deadline, deadlineAfter } from '../deadline.ts';
import {
  BROWSER_LABEL,
  CONFIG_HASH_LABEL,
  EPOCH_LABEL,
  isContainerName,
  labelValue,
  MAX_CONTAINERS,
  parsePortLines,
} from './parse.ts';

/** Milliseconds for one call, and for all of them. */
const CALL_MS = 2000;
const TOTAL_MS = 5000;
const PARALLEL = 4;
const MAX_OUTPUT_BYTES = 1024 * 1024;

/** What a child sees of the environment: a fixed search path for scripts, and where the user's Docker settings are. */
const SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export interface DockerCommandOptions {
  /** Absolute path of the program, as the user named it. */
  readonly command: string;
  readonly homeDir?: string;
  readonly xdgRuntimeDir?: string;
  readonly signal?: AbortSignal;
}

type Run =
  | { readonly status: 'ok'; readonly stdout: string }
  | { readonly status: 'absent' | 'timeout' }
  | { readonly status: 'failed'; readonly reason: string };

/**
 * Asks through a program that the user named, with the calls that OpenClaw itself makes (2026.3.7): the names of all
 * containers with the label, then of each its two labels and its published ports.
 */
export async function askDockerCommand(options: DockerCommandOptions): Promise<DockerFacts> {
  if (!path.isAbsolute(options.command) || options.command.includes('\0')) {
    return { status: 'error', containers: [], timeouts: [], error: 'the docker command must be an absolute path' };
  }
  const total = deadlineAfter(TOTAL_MS, options.signal);
  try {
    const list = await run(
      options,
      ['ps', '-a', '--filter', `label=${BROWSER_LABEL}`, '--format', '{{.Names}}'],
      total,
    );
    switch (list.status) {
      case 'absent':
        return { status: 'absent', containers: [], timeouts: [] };
      case 'timeout':
        return { status: 'timeout', containers: [], timeouts: ['ps'] };
      case 'failed':
        return { status: 'error', containers: [], timeouts: [], error: `ps: ${list.reason}` };
      case 'ok':
        return await describe(options, list.stdout, total);
    }
  } finally {
    total.clear();
  }
}

async function describe(options: DockerCommandOptions, names: string, total: Deadline): Promise<DockerFacts> {
  const lines = names
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const usable = [...new Set(lines.filter(isContainerName))].slice(0, MAX_CONTAINERS);
  const timeouts: string[] = [];
  const notes: string[] = [];
  const odd = new Set(lines).size - usable.length;
  if (odd > 0) notes.push(`${odd} container names could not be used`);
  const containers: (SandboxContainer | undefined)[] = usable.map(() => undefined);
  const queue = usable.map((name, index) => ({ name, index }));
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      containers[next.index] = await describeOne(options, next.name, total, timeouts, notes);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return {
    status: 'ok',
    containers: containers.filter((c) => c !== undefined),
    timeouts: timeouts.sort(),
    ...(notes.length > 0 && { error: notes.sort().join('; ') }),
  };
}

/** Undefined when its labels could not be read: then nothing can be said about it, and a note says so. */
async function describeOne(
  options: DockerCommandOptions,
  name: string,
  total: Deadline,
  timeouts: string[],
  notes: string[],
): Promise<SandboxContainer | undefined> {
  const label = (key: string): string => `{{ index .Config.Labels "${key}" }}`;
  const format = `${label(CONFIG_HASH_LABEL)}\t${label(EPOCH_LABEL)}`;
  const inspected = await run(options, ['inspect', '-f', format, name], total);
  if (inspected.status === 'timeout') timeouts.push(`inspect ${name}`);
  if (inspected.status === 'failed') notes.push(`inspect ${name}: ${inspected.reason}`);
  if (inspected.status !== 'ok') return undefined;
  const [hash, epochText] = (inspected.stdout.split('\n')[0] ?? '').split('\t');
  const configHash = labelValue(hash);
  const epoch = labelValue(epochText);
  const published = await run(options, ['port', name], total);
  if (published.status === 'timeout') timeouts.push(`port ${name}`);
  if (published.status === 'failed') notes.push(`port ${name}: ${published.reason}`);
  const parsed = published.status === 'ok' ? parsePortLines(published.stdout) : undefined;
  if (parsed && parsed.bad > 0) notes.push(`port ${name}: ${parsed.bad} lines could not be read`);
  return {
    name,
    ...(configHash !== undefined && { configHash }),
    ...(epoch !== undefined && { epoch }),
    ...(parsed && { ports: parsed.ports }),
  };
}

/** Runs the program without a shell, without input and with next to no environment, and ends it with all its children. */
function run(options: DockerCommandOptions, args: readonly string[], total: Deadline): Promise<Run> {
  const ms = Math.min(CALL_MS, total.left());
  if (ms === 0 || total.signal.aborted) return Promise.resolve({ status: 'timeout' });
  return new Promise((resolve) => {
    const ownGroup = process.platform !== 'win32';
    const child = spawn(options.command, args, {
      shell: false,
      // A group of its own, so that what a wrapper script started ends with it.
      detached: ownGroup,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        PATH: SEARCH_PATH,
        LC_ALL: 'C',
        ...(options.homeDir !== undefined && { HOME: options.homeDir }),
        ...(options.xdgRuntimeDir !== undefined && { XDG_RUNTIME_DIR: options.xdgRuntimeDir }),
      },
    });
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (result: Run): void => {
      deadline.clear();
      deadline.signal.removeEventListener('abort', onTimeout);
      if (child.pid !== undefined) kill(child.pid, ownGroup);
      child.stdout.destroy();
      resolve(result);
    };
    const onTimeout = (): void => finish({ status: 'timeout' });
    const deadline = deadlineAfter(ms, total.signal);
    deadline.signal.addEventListener('abort', onTimeout, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MAX_OUTPUT_BYTES)
        finish({ status: 'failed', reason: `it printed more than ${MAX_OUTPUT_BYTES} bytes` });
      else chunks.push(chunk);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      finish(
        error.code === 'ENOENT'
          ? { status: 'absent' }
          : { status: 'failed', reason: error.code ?? 'it could not be started' },
      );
    });
    child.on('close', (code, signal) => {
      if (code === 0) finish({ status: 'ok', stdout: Buffer.concat(chunks).toString('utf8') });
      else
        finish({
          status: 'failed',
          reason: code === null ? `it was ended by ${signal}` : `it ended with code ${code}`,
        });
    });
  });
}

function kill(pid: number, group: boolean): void {
  try {
    process.kill(group ? -pid : pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
