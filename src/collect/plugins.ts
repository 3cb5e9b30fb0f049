import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { PackageFacts, PluginDir, PluginFacts } from '../core/snapshot.ts';
import { property, textProperty } from './foreign-json.ts';
import { readTextFile } from './read.ts';
import type { AgentWorkspace } from './workspaces.ts';

export interface PluginInput {
  readonly stateDir: string;
  readonly workspaces: readonly AgentWorkspace[];
  /** `plugins.load.paths`, already absolute. */
  readonly loadPaths: readonly string[];
  /** Install records whose installed version is wanted. */
  readonly records: readonly { readonly kind: 'plugin' | 'hook'; readonly id: string; readonly installPath?: string }[];
}

const MAX_PLUGINS = 10_000;
const MAX_JSON = 1024 * 1024;
const CODE_FILE = /\.[cm]?[jt]s$/i;
// Names that OpenClaw never loads a plugin from (2026.9.6; the directory names of its own installer among them).
const IGNORED = /^\.|^node_modules$|\.bak$|\.backup-|\.disabled/i;

/** Everything that OpenClaw would load plugin code from. Reads package.json and manifests; runs and imports nothing. */
export function collectPlugins(input: PluginInput): PluginFacts {
  const extensions = join(input.stateDir, 'extensions');
  const dirs: PluginDir[] = [
    ...entriesOf(extensions, 'state-extensions'),
    ...[...new Set(input.workspaces.map((w) => w.path))].flatMap((w) =>
      entriesOf(join(w, '.openclaw', 'extensions'), 'workspace-extensions'),
    ),
    ...input.loadPaths.flatMap(loadPath),
    ...npmProjects(join(input.stateDir, 'npm', 'projects')),
    ...entriesOf(join(input.stateDir, 'git'), 'git'),
  ];
  const installedVersions: Record<string, string> = Object.create(null);
  for (const record of input.records) {
    const home = record.kind === 'plugin' ? extensions : join(input.stateDir, 'hooks');
    const version = readPackage(record.installPath ?? join(home, record.id))?.version;
    if (version) installedVersions[`${record.kind}:${record.id}`] = version;
  }
  return { dirs: dirs.slice(0, MAX_PLUGINS), installs: [], installedVersions, extensionsIsLink: isLink(extensions) };
}

function entriesOf(root: string, from: PluginDir['from']): PluginDir[] {
  let names: string[];
  try {
    names = readdirSync(root).sort().slice(0, MAX_PLUGINS);
  } catch {
    return [];
  }
  return names.flatMap((name) => describe(join(root, name), from) ?? []);
}

/** A load path is a plugin itself, a file of code, or a directory of plugins. */
function loadPath(path: string): PluginDir[] {
  const own = describe(path, 'load-path');
  if (!own || own.kind === 'file' || own.package || own.id !== undefined) return own ? [own] : [];
  const below = entriesOf(path, 'load-path');
  return below.length > 0 ? below : [own];
}

/** `<project>/node_modules/<package>`, scopes included. */
function npmProjects(root: string): PluginDir[] {
  return list(root).flatMap((project) => {
    const modules = join(root, project, 'node_modules');
    return (
      list(modules)
        .flatMap((name) => (name.startsWith('@') ? list(join(modules, name)).map((n) => join(name, n)) : [name]))
        .flatMap((name) => describe(join(modules, name), 'npm-projects') ?? [])
        // Dependencies of plugins lie beside them; a plugin has a manifest or declares extensions.
        .filter((d) => d.id !== undefined || d.manifestError !== undefined || (d.package?.entries.length ?? 0) > 0)
    );
  });
}

function list(dir: string): string[] {
  try {
    return readdirSync(dir).sort().slice(0, MAX_PLUGINS);
  } catch {
    return [];
  }
}

function describe(path: string, from: PluginDir['from']): PluginDir | undefined {
  const name = basename(path);
  let kind: PluginDir['kind'];
  let real: string | undefined;
  let directory = false;
  try {
    const stat = lstatSync(path);
    directory = stat.isSymbolicLink() ? statSync(path).isDirectory() : stat.isDirectory();
    kind = stat.isSymbolicLink() ? 'symlink' : directory ? 'directory' : 'file';
    if (kind === 'symlink') real = realpathSync(path);
  } catch {
    return undefined;
  }
  if (!directory && !CODE_FILE.test(name)) return undefined;
  const manifest = directory ? readManifest(path) : {};
  const pkg = directory ? readPackage(path) : undefined;
  return {
    name,
    path,
    from,
    kind,
    ignored: IGNORED.test(name),
    ...(real ? { real } : {}),
    ...(manifest.id === undefined ? {} : { id: manifest.id }),
    ...(manifest.error === undefined ? {} : { manifestError: manifest.error }),
    ...(pkg ? { package: pkg } : {}),
  };
}

function readManifest(dir: string): { id?: string; error?: string } {
  const read = readTextFile(join(dir, 'openclaw.plugin.json'), { maxBytes: MAX_JSON });
  if (!read.ok) return read.error === 'missing' ? {} : { error: read.detail };
  try {
    const id = textProperty(JSON.parse(read.text), 'id')?.trim();
    return id ? { id: id.slice(0, 200) } : {};
  } catch {
    return { error: 'openclaw.plugin.json is not JSON' };
  }
}

function readPackage(dir: string): PackageFacts | undefined {
  const read = readTextFile(join(dir, 'package.json'), { maxBytes: MAX_JSON });
  if (!read.ok) return read.error === 'missing' ? undefined : { entries: [], error: read.detail };
  let value: unknown;
  try {
    value = JSON.parse(read.text);
  } catch {
    return { entries: [], error: 'package.json is not JSON' };
  }
  const extensions = property(property(value, 'openclaw'), 'extensions');
  const entries = Array.isArray(extensions)
    ? extensions.flatMap((e) => (typeof e === 'string' && e.trim() ? [e.trim().slice(0, 500)] : [])).slice(0, 100)
    : [];
  const name = textProperty(value, 'name');
  const version = textProperty(value, 'version');
  return {
    entries,
    ...(name ? { name: name.slice(0, 214) } : {}),
    ...(version ? { version: version.slice(0, 100) } : {}),
  };
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
