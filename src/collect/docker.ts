import type { DockerFacts } from '../core/snapshot.ts';
import { askDockerSockets, dockerSockets } from './docker/api.ts';

export interface DockerOptions {
  readonly platform: 'linux' | 'darwin' | 'win32' | 'other';
  /** Absolute path of a docker program to run instead of asking the socket; only ever what the user named. */
  readonly dockerCommand?: string;
  /** `XDG_RUNTIME_DIR` of the process environment. */
  readonly xdgRuntimeDir?: string;
  /** `DOCKER_HOST` of the process environment: tells whether OpenClaw's containers are elsewhere; never contacted. */
  readonly dockerHost?: string;
  readonly homeDir?: string;
  readonly signal?: AbortSignal;
  /** Sockets to ask instead of the usual ones. */
  readonly sockets?: readonly string[];
}

/**
 * The sandbox browser containers of OpenClaw. Asks the local engine over its Unix socket, within one second, with GET
 * requests only; runs a program only when the user named one. `absent` means that no engine is there.
 */
export async function collectDocker(options: DockerOptions): Promise<DockerFacts> {
  const { dockerCommand, xdgRuntimeDir, homeDir, signal } = options;
  if (dockerCommand !== undefined) {
    const { askDockerCommand } = await import('./docker/command.ts');
    return askDockerCommand({
      command: dockerCommand,
      ...(homeDir !== undefined && { homeDir }),
      ...(xdgRuntimeDir !== undefined && { xdgRuntimeDir }),
      ...(signal && { signal }),
    });
  }
  const host = options.dockerHost?.trim() ?? '';
  const local = host.startsWith('unix://') ? [host.slice('unix://'.length)] : [];
  if (host !== '' && local.length === 0) {
    return notAsked('DOCKER_HOST points away from the local socket, and other machines are not asked');
  }
  if (options.platform === 'win32' && !options.sockets) {
    return notAsked('on Windows the engine is not asked; name a docker program to ask through it');
  }
  const usual = dockerSockets({
    ...(xdgRuntimeDir !== undefined && { xdgRuntimeDir }),
    ...(homeDir !== undefined && { homeDir }),
  });
  return askDockerSockets(options.sockets ?? [...local, ...usual], signal);
}

function notAsked(error: string): DockerFacts {
  return { status: 'not-asked', containers: [], timeouts: [], error };
}
