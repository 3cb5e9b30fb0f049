import { readFileSync } from 'node:fs';
import type { HomeFacts, Snapshot } from '../core/snapshot.ts';
import type { GatewayWishes } from '../collect/gateway/ask.ts';
import { visible } from '../core/text.ts';
import { type Io, UsageError } from './io.ts';
import { progressLine } from './progress.ts';

/** Options that say which home is meant. */
export interface HomeOptions {
  readonly config?: string;
  readonly stateDir?: string;
  readonly profile?: string;
  readonly dev?: boolean;
  readonly openclawVersion?: string;
  readonly dockerCommand?: string;
  readonly from?: string;
  readonly deep?: boolean;
  /** Options of --deep, for this run only. */
  readonly auth?: 'token' | 'password';
  readonly token?: string;
  readonly password?: string;
  readonly gatewayUrl?: string;
  readonly timeout?: number;
}

/** Collects this machine's home, or reads the snapshot of another. */
export async function loadSnapshot(options: HomeOptions, io: Io): Promise<Snapshot> {
  if (options.from !== undefined) {
    const { parseSnapshot } = await import('../collect/portable.ts');
    let text: string;
    try {
      text = readFileSync(options.from, 'utf8');
    } catch (error) {
      throw new UsageError(
        `cannot read the snapshot ${options.from}: ${error instanceof Error ? error.message : error}`,
      );
    }
    const snapshot = parseSnapshot(text);
    if (typeof snapshot === 'string') throw new UsageError(`${options.from} is not a snapshot: ${snapshot}`);
    return options.openclawVersion
      ? { ...snapshot, openclaw: { ...snapshot.openclaw, requested: options.openclawVersion } }
      : snapshot;
  }
  const [{ collect }, { HomeError }] = await Promise.all([
    import('../collect/collect.ts'),
    import('../collect/home.ts'),
  ]);
  const progress = progressLine(io);
  const thread = options.deep ? new (await import('./code-thread.ts')).CodeThread(progress.say) : undefined;
  try {
    return await collect({
      ...homeInput(options, io),
      ...(options.openclawVersion === undefined ? {} : { openclawVersion: options.openclawVersion }),
      ...(options.dockerCommand === undefined ? {} : { dockerCommand: options.dockerCommand }),
      ...(thread ? { deep: { ...deepWishes(options), progress: progress.say, scan: thread.scan } } : {}),
    });
  } catch (error) {
    if (error instanceof HomeError) throw new UsageError(error.message);
    throw error;
  } finally {
    progress.end();
    thread?.end();
  }
}

function deepWishes({ auth, token, password, gatewayUrl, timeout }: HomeOptions): GatewayWishes {
  return {
    ...(auth === undefined ? {} : { auth }),
    ...(token === undefined ? {} : { token }),
    ...(password === undefined ? {} : { password }),
    ...(gatewayUrl === undefined ? {} : { gatewayUrl }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
  };
}

/** Which home is meant, without reading it. */
export async function resolveHomeFacts(options: HomeOptions, io: Io): Promise<HomeFacts> {
  const { HomeError, resolveHome } = await import('../collect/home.ts');
  try {
    return resolveHome(homeInput(options, io)).facts;
  } catch (error) {
    if (error instanceof HomeError) throw new UsageError(error.message);
    throw error;
  }
}

/** The home directory as `os.homedir()` tells it, without loading that module where the environment says it already. */
function osHomeDir(): string {
  const written = process.platform === 'win32' ? undefined : process.env.HOME;
  return written || process.getBuiltinModule('node:os').homedir();
}

function homeInput(options: HomeOptions, io: Io) {
  return {
    env: io.env,
    cwd: io.cwd,
    osHomeDir: osHomeDir(),
    ...(options.config === undefined ? {} : { config: options.config }),
    ...(options.stateDir === undefined ? {} : { stateDir: options.stateDir }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.dev ? { dev: true } : {}),
  };
}

/** What a command says that found nothing to look at. */
export function noHome({ stateDir, configPath }: HomeFacts): string {
  return `No OpenClaw home: neither ${visible(stateDir, 300)} nor ${visible(configPath, 300)} exists. Nothing was audited and nothing was created.\n`;
}
