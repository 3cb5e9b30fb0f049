import { posix } from 'node:path';
import { draftConfig, sealConfig } from '../../src/collect/config.ts';
import { parseDotenv } from '../../src/collect/dotenv.ts';
import { GatewayEnv } from '../../src/collect/environment.ts';
import { createSecretKey, reduceSecret } from '../../src/collect/secret.ts';
import { KNOWN_VARIABLES } from '../../src/collect/variables.ts';
import type { Case } from '../../src/core/cases.ts';
import type { ConfigFile, EnvFact, FileFact, Snapshot } from '../../src/core/snapshot.ts';
import { OLDEST_KNOWN_VERSION } from '../../src/core/version.ts';
import { resolveInclude } from '../../src/model/settings.ts';

export const HOME = '/home/u';
export const STATE = `${HOME}/.openclaw`;
/** Long secrets of the cases start with these characters in one spelling or another; none may reach an output. */
export const CANARY = 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa';

const expand = (path: string) => path.replace(/^~state\b/, STATE).replace(/^~home\b/, HOME);

/** Builds the snapshot of a case in memory, through the same reduction of secrets as the real collector. */
export function scenario(c: Case): Snapshot {
  const configPath = `${STATE}/openclaw.json`;
  const file = (path: string, text: string): ConfigFile => ({ path, text, bom: false, secrets: [] });
  const includes = new Map(
    Object.entries(c.include ?? {}).map(([name, text]) => [posix.join(STATE, name), text] as const),
  );
  const main: ConfigFile = c.configError
    ? { ...file(configPath, ''), error: c.configError }
    : file(configPath, c.config ?? '');
  const absent = c.config === undefined && !c.configError;
  const draft = draftConfig(absent ? file(configPath, '{}') : main, {
    resolve: resolveInclude,
    read: (path) => {
      const text = includes.get(path);
      return text === undefined ? { ...file(path, ''), error: 'missing' } : file(path, text);
    },
  });
  const key = createSecretKey();
  const gateway = new GatewayEnv(
    {
      env: c.env ?? {},
      stateDir: STATE,
      referencedNames: draft.referencedNames,
      secretNames: draft.secretNames,
      configEnvBlock: draft.envBlock,
      key,
    },
    parseDotenv(c.stateEnv ?? ''),
  );
  const vars: { [name: string]: EnvFact } = {};
  for (const name of new Set([...KNOWN_VARIABLES, ...draft.referencedNames])) {
    const fact = gateway.fact(name);
    if (fact) vars[name] = fact;
  }
  const moves = gateway.attemptedMoves();
  const sealed = sealConfig(draft, c.configError ? 'unreadable' : 'ok', STATE, gateway, (value) =>
    reduceSecret(value, 'config', key),
  );
  const named = Object.entries(c.files ?? {}).map(
    ([path, facts]): FileFact => ({
      role: 'other',
      kind: 'file',
      mode: facts.kind === 'directory' ? 0o700 : 0o600,
      uid: 1000,
      gid: 1000,
      ...facts,
      path: expand(path),
    }),
  );
  return {
    format: 'openclaw-security.snapshot',
    formatVersion: 1,
    collectedAt: 1_790_000_000_000,
    collector: 'test',
    host: { platform: 'linux', uid: 1000, gid: 1000, homeDir: HOME, osHomeDir: HOME, cwd: HOME },
    home: {
      found: true,
      stateDir: STATE,
      stateDirSource: 'default',
      configPath,
      configPathSource: 'default',
      credentialsDir: `${STATE}/credentials`,
      credentialsDirSource: 'default',
    },
    openclaw: { requested: c.version ?? OLDEST_KNOWN_VERSION },
    env: {
      vars,
      stateDotenv: { path: `${STATE}/.env`, status: c.stateEnv === undefined ? 'missing' : 'ok' },
      ...(moves.length ? { attemptedMoves: moves } : {}),
    },
    config: absent ? { status: 'missing', files: [], includeRoot: STATE } : sealed,
    files: { named, loose: [], walked: 0, model: 'posix' },
    pairing: [],
    plugins: { dirs: [], installs: [], installedVersions: {}, extensionsIsLink: false },
    skills: { workspaces: [] },
    machine: { databases: [], mcporter: { status: 'missing', servers: [] }, indexedPlugins: [] },
    docker: { status: 'absent', containers: [], timeouts: [] },
    gaps: [],
    ...c.snapshot,
  };
}
