import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { HomeFacts } from '../core/snapshot.ts';

/** Environment variables by name. */
export type Environment = { readonly [name: string]: string | undefined };

/** What decides which installation is audited. */
export interface HomeOptions {
  /** The process environment; never one that a file added to. */
  readonly env: Environment;
  /** Home directory of the operating system's user; '' when there is none. */
  readonly osHomeDir: string;
  readonly cwd: string;
  /** `--config`. */
  readonly config?: string;
  /** `--state-dir`. */
  readonly stateDir?: string;
  /** `--profile`, wherever it stands on the command line. */
  readonly profile?: string;
  /** `--dev`, wherever it stands on the command line. */
  readonly dev?: boolean;
}

/** The installation to audit, and what else follows from the same options. */
export interface ResolvedHome {
  readonly facts: HomeFacts;
  /** Home directory as OpenClaw resolves it; what `~` means in paths. */
  readonly homeDir: string;
  /** Variables that a profile sets for OpenClaw where they are unset or blank. */
  readonly profileVariables: { readonly [name: string]: string };
}

/** The options cannot be followed. The message is a sentence for people. */
export class HomeError extends Error {
  override readonly name = 'HomeError';
}

// Names of earlier releases, in the order in which OpenClaw 2026.3.7 looks for them.
const STATE_DIR = '.openclaw';
const LEGACY_STATE_DIRS = ['.clawdbot', '.moldbot', '.moltbot'];
const CONFIG_FILE = 'openclaw.json';
const CONFIG_FILES = [CONFIG_FILE, 'clawdbot.json', 'moldbot.json', 'moltbot.json'];

const PROFILE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const DEV_GATEWAY_PORT = '19001';

interface Place {
  readonly path: string;
  readonly source: string;
}

/**
 * Finds the state directory, the config and the credentials directory as OpenClaw's config loader does (2026.3.7, and
 * 2026.9.6 where it agrees). The same config path serves settings and file checks. `--state-dir` names an installation of
 * its own, so the path variables of the environment do not apply to it. Creates nothing.
 *
 * The variables and names of earlier releases are followed because the version is not known yet; the `…Source` strings
 * say when one of them decided.
 *
 * @throws HomeError when an option is blank, a profile name is not valid, or `--dev` meets another profile.
 */
export function resolveHome(options: HomeOptions): ResolvedHome {
  const homeDir = resolveHomeDir(options);
  const expand = (path: string): string => expandUserPath(path, homeDir, options.cwd);
  const profile = readProfile(options);
  const env = options.stateDir === undefined ? options.env : {};
  const state = findStateDir(options, homeDir, profile, env, expand);
  const config = findConfig(options, homeDir, profile, state, env, expand);
  const oauthDir = setting(env, 'OPENCLAW_OAUTH_DIR');
  const active = profile ?? environmentProfile(env);
  return {
    homeDir,
    profileVariables: profile === undefined ? {} : variablesOfProfile(profile, state.path, options.env),
    facts: {
      found: isDirectory(state.path) || mayExist(config.path),
      stateDir: state.path,
      stateDirSource: state.source,
      configPath: config.path,
      configPathSource: config.source,
      credentialsDir: oauthDir === undefined ? join(state.path, 'credentials') : expand(oauthDir),
      credentialsDirSource: oauthDir === undefined ? 'state directory' : 'OPENCLAW_OAUTH_DIR',
      ...(active !== undefined && !isDefaultProfile(active) && { profile: active }),
    },
  };
}

/** Expands a leading `~` and makes a path that a user wrote absolute; blanks around it do not count. */
export function expandUserPath(path: string, homeDir: string, cwd: string): string {
  return resolve(cwd, replaceTilde(path.trim(), homeDir));
}

function replaceTilde(path: string, homeDir: string): string {
  return path.replace(/^~(?=$|[\\/])/, () => homeDir);
}

/** The trimmed value of a variable; undefined when it is unset or blank. */
function setting(env: Environment, name: string): string | undefined {
  const value = Object.hasOwn(env, name) ? env[name]?.trim() : undefined;
  return value === '' ? undefined : value;
}

function resolveHomeDir({ env, osHomeDir, cwd }: HomeOptions): string {
  const userHome = setting(env, 'HOME') ?? setting(env, 'USERPROFILE') ?? osHomeDir.trim();
  return resolve(cwd, replaceTilde(setting(env, 'OPENCLAW_HOME') ?? userHome, userHome));
}

function readProfile({ profile, dev }: HomeOptions): string | undefined {
  if (profile === undefined) return dev ? 'dev' : undefined;
  const name = profile.trim();
  if (name === '') throw new HomeError('--profile needs a name.');
  if (!PROFILE_NAME.test(name)) {
    throw new HomeError(
      'A profile name starts with a letter or digit and holds up to 64 letters, digits, "_" and "-"; this one does not.',
    );
  }
  if (dev && name !== 'dev') throw new HomeError('--dev is the profile "dev": it cannot be combined with --profile.');
  return name;
}

// `OPENCLAW_PROFILE` names the profile in messages and the default workspace; it does not move the state directory.
function environmentProfile(env: Environment): string | undefined {
  const name = setting(env, 'OPENCLAW_PROFILE');
  return name !== undefined && PROFILE_NAME.test(name) ? name : undefined;
}

function isDefaultProfile(profile: string): boolean {
  return profile.toLowerCase() === 'default';
}

function findStateDir(
  options: HomeOptions,
  homeDir: string,
  profile: string | undefined,
  env: Environment,
  expand: (path: string) => string,
): Place {
  if (options.stateDir !== undefined) {
    if (options.stateDir.trim() === '') throw new HomeError('--state-dir needs a path.');
    return { path: expand(options.stateDir), source: '--state-dir' };
  }
  const current = setting(env, 'OPENCLAW_STATE_DIR');
  if (current !== undefined) return { path: expand(current), source: 'OPENCLAW_STATE_DIR' };
  if (profile !== undefined) {
    const suffix = isDefaultProfile(profile) ? '' : `-${profile}`;
    return { path: join(homeDir, `${STATE_DIR}${suffix}`), source: `profile ${profile}` };
  }
  const legacyVariable = setting(env, 'CLAWDBOT_STATE_DIR');
  if (legacyVariable !== undefined) return { path: expand(legacyVariable), source: 'CLAWDBOT_STATE_DIR' };
  const usual: Place = { path: join(homeDir, STATE_DIR), source: 'default' };
  if (mayExist(usual.path)) return usual;
  const legacy = LEGACY_STATE_DIRS.find((name) => mayExist(join(homeDir, name)));
  return legacy === undefined ? usual : { path: join(homeDir, legacy), source: `legacy directory ~/${legacy}` };
}

function findConfig(
  options: HomeOptions,
  homeDir: string,
  profile: string | undefined,
  state: Place,
  env: Environment,
  expand: (path: string) => string,
): Place {
  if (options.config !== undefined) {
    if (options.config.trim() === '') throw new HomeError('--config needs a path.');
    return { path: expand(options.config), source: '--config' };
  }
  const current = setting(env, 'OPENCLAW_CONFIG_PATH');
  if (current !== undefined) return { path: expand(current), source: 'OPENCLAW_CONFIG_PATH' };
  // A profile sets OPENCLAW_CONFIG_PATH, so no other name and no other directory is tried.
  if (profile !== undefined && options.stateDir === undefined) {
    return { path: join(state.path, CONFIG_FILE), source: `profile ${profile}` };
  }
  const legacy = setting(env, 'CLAWDBOT_CONFIG_PATH');
  if (legacy !== undefined) return { path: expand(legacy), source: 'CLAWDBOT_CONFIG_PATH' };
  return findConfigFile(options, homeDir, state) ?? { path: join(state.path, CONFIG_FILE), source: sourceIn(state) };
}

/** The first config file in the state directory, else in the usual directories, which the loader tries as well. */
function findConfigFile(options: HomeOptions, homeDir: string, state: Place): Place | undefined {
  for (const name of CONFIG_FILES) {
    const path = join(state.path, name);
    if (mayExist(path))
      return { path, source: name === CONFIG_FILE ? sourceIn(state) : 'legacy name in the state directory' };
  }
  if (options.stateDir !== undefined) return undefined;
  for (const dir of [STATE_DIR, ...LEGACY_STATE_DIRS]) {
    if (join(homeDir, dir) === state.path) continue;
    for (const name of CONFIG_FILES) {
      const path = join(homeDir, dir, name);
      if (mayExist(path)) return { path, source: `found in ~/${dir}; the state directory holds none` };
    }
  }
  return undefined;
}

function sourceIn(state: Place): string {
  return state.source === 'default' ? 'default' : 'state directory';
}

function variablesOfProfile(profile: string, stateDir: string, env: Environment): { [name: string]: string } {
  const variables: { [name: string]: string } = { OPENCLAW_PROFILE: profile };
  if (setting(env, 'OPENCLAW_STATE_DIR') === undefined) variables.OPENCLAW_STATE_DIR = stateDir;
  if (setting(env, 'OPENCLAW_CONFIG_PATH') === undefined) {
    variables.OPENCLAW_CONFIG_PATH = join(stateDir, CONFIG_FILE);
  }
  if (profile === 'dev' && setting(env, 'OPENCLAW_GATEWAY_PORT') === undefined) {
    variables.OPENCLAW_GATEWAY_PORT = DEV_GATEWAY_PORT;
  }
  return variables;
}

/**
 * False only when nothing is at the path. What the auditor may not see may exist for OpenClaw, and must not be taken for
 * an absent file: that would audit an empty config.
 */
function mayExist(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOTDIR';
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOTDIR';
  }
}
