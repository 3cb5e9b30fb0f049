import { statSync } from 'node:fs';
import { dirname, join, posix, win32 } from 'node:path';
import type { HostFacts, InstalledOpenClaw } from '../core/snapshot.ts';
import { textProperty } from './foreign-json.ts';
import type { Environment } from './home.ts';
import { readTextFile } from './read.ts';
import { realPathOf } from './real-path.ts';

export interface InstalledOptions {
  readonly env: Environment;
  readonly platform: HostFacts['platform'];
  /** Home directory of the operating system's user: places of per-user installs are below it. */
  readonly homeDir: string;
  /** A PATH entry that is this directory is not followed. */
  readonly cwd: string;
  /** The program that runs the auditor; a Node installation has its global packages beside it. */
  readonly execPath: string;
  /** Directories with global packages instead of the usual ones of the platform. */
  readonly packageDirs?: readonly string[];
}

const PACKAGE = 'openclaw';
const PACKAGE_JSON_MAX_BYTES = 512 * 1024;
const PATH_ENTRIES_MAX = 64;
/** How far above the program its package.json may lie. */
const LEVELS_MAX = 5;
const VERSION_TEXT = /^[0-9A-Za-z][0-9A-Za-z.+-]{0,63}$/;

/**
 * The version of the installed OpenClaw, from its package.json; nothing is run. The `openclaw` that a shell would start
 * comes first, then the places where package managers put global packages. A PATH entry counts only when it is absolute,
 * is not the working directory or a project's own and cannot be written by everybody, since whoever plants a version there would choose the
 * rules of the audit.
 */
export function findInstalledOpenClaw(options: InstalledOptions): Omit<InstalledOpenClaw, 'requested'> {
  for (const dir of programDirs(options)) {
    const found =
      programNames(options.platform).some((name) => isFile(`${dir}/${name}`)) && fromProgramDir(dir, options);
    if (found) return found;
  }
  for (const dir of options.packageDirs ?? usualPackageDirs(options)) {
    const found = readPackage(`${dir}/${PACKAGE}`);
    if (found) return found;
  }
  return {};
}

type Found = Required<Omit<InstalledOpenClaw, 'requested'>>;

function programNames(platform: HostFacts['platform']): readonly string[] {
  return platform === 'win32' ? ['openclaw.cmd', 'openclaw.exe', 'openclaw.ps1'] : ['openclaw'];
}

function programDirs({ env, platform, cwd }: InstalledOptions): string[] {
  const path = platform === 'win32' ? win32 : posix;
  const entries = (env.PATH ?? env.Path ?? '').split(path.delimiter, PATH_ENTRIES_MAX).filter(path.isAbsolute);
  // npm and npx put `node_modules/.bin` of the current project there; the gateway does not run from it.
  return [...new Set(entries.map((dir) => path.resolve(dir)))].filter(
    (dir) => dir !== cwd && !/[\\/]node_modules[\\/]\.bin$/.test(dir),
  );
}

function fromProgramDir(dir: string, { platform }: InstalledOptions): Found | undefined {
  if (platform !== 'win32' && isWritableByEverybody(dir)) return undefined;
  for (const name of programNames(platform)) {
    const real = realPathOf(join(dir, name));
    const found = real === undefined ? undefined : nearestPackage(dirname(real));
    if (found) return found;
  }
  // A script in place of a link: npm on Windows, pnpm, and npm's prefix on other systems.
  for (const place of ['node_modules', '../lib/node_modules', 'global/5/node_modules']) {
    const found = readPackage(join(dir, place, PACKAGE));
    if (found) return found;
  }
  return undefined;
}

function nearestPackage(start: string): Found | undefined {
  let dir = start;
  for (let level = 0; level < LEVELS_MAX; level++) {
    const found = readPackage(dir);
    if (found) return found;
    const parent = dirname(dir);
    if (parent === dir) return undefined;
    dir = parent;
  }
  return undefined;
}

/** Undefined unless the directory holds a readable package.json of that name with a version. */
function readPackage(dir: string): Found | undefined {
  const read = readTextFile(`${dir}/package.json`, { maxBytes: PACKAGE_JSON_MAX_BYTES });
  if (!read.ok) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(read.text);
  } catch {
    return undefined;
  }
  const version = textProperty(parsed, 'version');
  if (textProperty(parsed, 'name') !== PACKAGE || version === undefined || !VERSION_TEXT.test(version))
    return undefined;
  return { installed: version, installedPath: dir };
}

function usualPackageDirs({ env, platform, homeDir, execPath }: InstalledOptions): string[] {
  const prefix = env.npm_config_prefix ?? env.NPM_CONFIG_PREFIX;
  if (platform === 'win32') {
    const roaming = env.APPDATA ?? join(homeDir, 'AppData', 'Roaming');
    return [...(prefix ? [prefix] : []), join(roaming, 'npm'), dirname(execPath)].map((dir) =>
      join(dir, 'node_modules'),
    );
  }
  const global = (dir: string): string => join(dir, 'lib', 'node_modules');
  return [
    ...(prefix?.startsWith('/') ? [global(prefix)] : []),
    global(join(homeDir, '.npm-global')),
    global(join(homeDir, '.local')),
    // OpenClaw's own installer without root.
    global(join(homeDir, '.openclaw')),
    join(homeDir, '.local', 'share', 'pnpm', 'global', '5', 'node_modules'),
    join(homeDir, '.bun', 'install', 'global', 'node_modules'),
    global(dirname(dirname(execPath))),
    global('/usr/local'),
    global('/usr'),
    ...(platform === 'darwin' ? [global('/opt/homebrew')] : []),
  ];
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}

function isWritableByEverybody(dir: string): boolean {
  try {
    return (statSync(dir).mode & 0o002) !== 0;
  } catch {
    return true;
  }
}
