import { dirname, join, resolve } from 'node:path';
import type { KeyPath } from '../core/ref.ts';
import { AGENT_DEFAULTS, readAgents } from '../model/agents.ts';
import { Settings } from '../model/settings.ts';
import { PRODUCT_VERSION } from '../core/product.ts';
import type {
  CodeScan,
  CollectGap,
  ConfigFile,
  ConfigSource,
  GatewayProbe,
  HostFacts,
  InstallRecord,
  PluginDir,
  PluginFacts,
  Snapshot,
} from '../core/snapshot.ts';
import type { CodeInput } from './code/code.ts';
import { draftConfig, sealConfig } from './config.ts';
import { collectDocker } from './docker.ts';
import { collectEnvironment } from './environment.ts';
import { collectFiles } from './files.ts';
import { type Environment, expandUserPath, resolveHome } from './home.ts';
import { includeReader, readConfigFile } from './include-reader.ts';
import type { AskedHome, GatewayWishes } from './gateway/ask.ts';
import { findInstalledOpenClaw } from './installed.ts';
import { collectPairing } from './pairing.ts';
import { collectPlugins } from './plugins.ts';
import { createSecretKey, reduceSecret } from './secret.ts';
import { collectSkills } from './skills.ts';
import { readStoredState } from './sqlite/state.ts';
import { agentWorkspaces } from './workspaces.ts';

/** What to collect. Nothing of the environment but `env` is looked at. */
export interface CollectOptions {
  readonly env: Environment;
  readonly cwd: string;
  /** Home directory of the operating system's user. */
  readonly osHomeDir: string;
  readonly config?: string;
  readonly stateDir?: string;
  readonly profile?: string;
  readonly dev?: boolean;
  readonly openclawVersion?: string;
  /** Absolute path of a docker program to ask instead of the local socket. */
  readonly dockerCommand?: string;
  /** Also ask the live gateway. */
  readonly deep?: DeepOptions;
}

/** What `--deep` adds, and how. */
export interface DeepOptions extends GatewayWishes {
  /** The code scan; without it plugin and skill code is not looked at. */
  readonly scan?: CodeInput['scan'];
  /** Told what is done at the moment. */
  readonly progress?: (what: string) => void;
}

/**
 * Reads a home once and returns it as data. Writes nothing, runs nothing (but the docker program you name), opens no
 * socket but Docker's local one and, with `deep`, those to the gateway.
 *
 * @throws HomeError when the options cannot be followed.
 */
export async function collect(options: CollectOptions): Promise<Snapshot> {
  const collectedAt = Date.now();
  const gaps: CollectGap[] = [];
  const report = (gap: CollectGap) => gaps.push(gap);
  const platform = platformOf(process.platform);
  const { facts: home, homeDir, profileVariables } = resolveHome(options);
  const env: Environment = { ...profileVariables, ...definedIn(options.env, profileVariables) };

  const key = createSecretKey();
  const main = readConfigFile(home.configPath);
  const absent = main.error === 'missing';
  const reader = includeReader(home.configPath);
  const draft = draftConfig(absent ? emptyConfig(home.configPath) : main, reader);
  const environment = collectEnvironment({
    env,
    stateDir: home.stateDir,
    referencedNames: draft.referencedNames,
    secretNames: draft.secretNames,
    configEnvBlock: draft.envBlock,
    key,
  });
  gaps.push(...environment.gaps);
  const includeRoot = dirname(resolve(home.configPath));
  const config: ConfigSource = absent
    ? { status: 'missing', files: [], includeRoot }
    : sealConfig(draft, main.error ? 'unreadable' : 'ok', includeRoot, environment.gateway, (value) =>
        reduceSecret(value, 'config', key),
      );
  const settings = new Settings(config, environment.facts);
  const expand = (path: string) => expandUserPath(path, homeDir, options.cwd);
  const agents = readAgents(settings);
  const agentIds = [...new Set([agents.defaultId, ...agents.written.map((a) => a.normalizedId)])];
  const files = collectFiles(
    {
      stateDir: home.stateDir,
      configPath: home.configPath,
      credentialsDir: home.credentialsDir,
      includePaths: config.files.slice(1).map((f) => f.path),
      agentIds,
      extraAgentDirs: agents.written.flatMap((a) => {
        const dir = settings.string([...a.path!, 'agentDir'], undefined).value;
        return dir ? [{ agent: a.normalizedId, path: expand(dir) }] : [];
      }),
      sessionStores: sessionStores(settings, agents.defaultId, expand),
      ...logFile(settings, expand),
      platform,
    },
    report,
  );
  const stored = await readStoredState(home.stateDir, [...agentIds, 'main']);
  gaps.push(...stored.gaps);
  const workspaceOf = (path: KeyPath) => settings.string([...path, 'workspace'], undefined).value?.trim();
  const defaultsWorkspace = workspaceOf(AGENT_DEFAULTS);
  const workspaces = agentWorkspaces({
    agents: agents.written.map((a) => {
      const own = workspaceOf(a.path!);
      return { id: a.normalizedId, ...(own ? { workspace: expand(own) } : {}) };
    }),
    defaultAgent: agents.defaultId,
    homeDir,
    stateDir: home.stateDir,
    ...(defaultsWorkspace ? { defaultsWorkspace: expand(defaultsWorkspace) } : {}),
    ...(home.profile ? { profile: home.profile } : {}),
  });
  const plugins = collectPlugins(
    {
      stateDir: home.stateDir,
      workspaces,
      loadPaths: (settings.strings(['plugins', 'load', 'paths']).value ?? []).map(expand),
      records: [...installRecords(settings, expand), ...stored.installs],
    },
    report,
  );
  const docker = await collectDocker({
    platform,
    homeDir,
    ...(options.dockerCommand === undefined ? {} : { dockerCommand: resolve(options.cwd, options.dockerCommand) }),
    ...(env.XDG_RUNTIME_DIR === undefined ? {} : { xdgRuntimeDir: env.XDG_RUNTIME_DIR }),
    ...(env.DOCKER_HOST === undefined ? {} : { dockerHost: env.DOCKER_HOST }),
  });
  const gateway =
    options.deep &&
    (await askLive(options.deep, {
      home,
      platform,
      settings,
      root: draft.document.root,
      variables: environment.gateway,
      env,
      files,
      configFiles: config.files.map((f) => f.path),
    }));
  const code =
    options.deep?.scan &&
    (await scanCode(options.deep, options.deep.scan, {
      plugins: plugins.dirs,
      // In the order of OpenClaw 2026.3.7, the last of which wins.
      skillRoots: [
        ...(settings.strings(['skills', 'load', 'extraDirs']).value ?? []).map(expand),
        join(home.stateDir, 'skills'),
        join(homeDir, '.agents', 'skills'),
        ...workspaces.flatMap(({ path }) => [join(path, '.agents', 'skills'), join(path, 'skills')]),
      ],
      report,
    }));
  const host: HostFacts = {
    platform,
    uid: process.geteuid?.() ?? null,
    gid: process.getegid?.() ?? null,
    homeDir,
    osHomeDir: options.osHomeDir,
    cwd: options.cwd,
  };
  return {
    format: 'openclaw-security.snapshot',
    formatVersion: 1,
    collectedAt,
    collector: PRODUCT_VERSION,
    host,
    home,
    openclaw: {
      ...findInstalledOpenClaw({
        env,
        platform,
        homeDir: options.osHomeDir,
        cwd: options.cwd,
        execPath: process.execPath,
      }),
      ...(options.openclawVersion === undefined ? {} : { requested: options.openclawVersion }),
    },
    env: environment.facts,
    config,
    files,
    pairing: [
      ...stored.pairing,
      ...collectPairing({ credentialsDir: home.credentialsDir, channels: settings.keys('channels') }, report),
    ],
    plugins: { ...plugins, installs: stored.installs.map((r) => withInstalledVersion(r, plugins.installedVersions)) },
    skills: collectSkills({ workspaces }, report),
    machine: stored.machine,
    docker,
    gaps,
    ...(gateway ? { gateway } : {}),
    ...(code ? { code } : {}),
  };
}

interface CodePlaces {
  readonly plugins: readonly PluginDir[];
  readonly skillRoots: readonly string[];
  readonly report: (gap: CollectGap) => void;
}

async function scanCode(deep: DeepOptions, scan: CodeInput['scan'], places: CodePlaces): Promise<CodeScan[]> {
  const [{ collectCode }, { findSkills }] = await Promise.all([
    import('./code/code.ts'),
    import('./code/skill-places.ts'),
  ]);
  const skills = findSkills(places.skillRoots, places.report);
  return collectCode({ plugins: places.plugins, skills, scan, ...(deep.progress && { progress: deep.progress }) });
}

/** Loaded only when asked for, since it brings a WebSocket client along. */
async function askLive(deep: DeepOptions, asked: AskedHome): Promise<GatewayProbe> {
  deep.progress?.('Asking the gateway');
  const { askGateway } = await import('./gateway/ask.ts');
  return askGateway(asked, deep);
}

/** Variables of the environment that are set and not blank where a profile would set them. */
function definedIn(env: Environment, profile: { readonly [name: string]: string }): Environment {
  return Object.fromEntries(
    Object.entries(env).filter(([name, value]) => value !== undefined && !(name in profile && value.trim() === '')),
  );
}

function emptyConfig(path: string): ConfigFile {
  return { path, text: '{}', bom: false, secrets: [] };
}

function platformOf(name: string): HostFacts['platform'] {
  return name === 'linux' || name === 'darwin' || name === 'win32' ? name : 'other';
}

/** Install records that stand in the config, as far as finding their files needs them. */
function installRecords(settings: Settings, expand: (path: string) => string) {
  const roots = [
    ['plugin', ['plugins', 'installs']],
    ['hook', ['hooks', 'internal', 'installs']],
  ] as const;
  return roots.flatMap(([kind, root]) =>
    settings.keys(...root).map((id) => {
      const path = settings.string([...root, id, 'installPath'], undefined).value?.trim();
      return { kind, id, ...(path ? { installPath: expand(path) } : {}) };
    }),
  );
}

function withInstalledVersion(record: InstallRecord, versions: PluginFacts['installedVersions']): InstallRecord {
  const installedVersion = versions[`${record.kind}:${record.id}`];
  return installedVersion ? { ...record, installedVersion } : record;
}

/** `session.store`, with `{agentId}` for the agent, where the config moves the session index. */
function sessionStores(settings: Settings, defaultAgent: string, expand: (path: string) => string) {
  const store = settings.string(['session', 'store'], undefined).value;
  if (!store?.trim()) return [];
  return [{ agent: defaultAgent, path: expand(store.replaceAll('{agentId}', defaultAgent)) }];
}

function logFile(settings: Settings, expand: (path: string) => string): { logFile?: string } {
  const file = settings.string(['logging', 'file'], undefined).value;
  return file?.trim() ? { logFile: expand(file) } : {};
}
