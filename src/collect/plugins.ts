import { type Dirent, existsSync, lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import type { PluginDir, PluginFacts } from '../core/snapshot.ts';
import { errnoCode, errnoReason, isAbsent } from './errno.ts';
import { BoundedGaps, type ReportGap } from './gap-report.ts';
import { isInside } from './inside.ts';
import { ManifestReader } from './plugin-manifest.ts';
import { realPathOf } from './real-path.ts';
import type { AgentWorkspace } from './workspaces.ts';

export interface PluginInput {
  readonly stateDir: string;
  readonly workspaces: readonly AgentWorkspace[];
  /** `plugins.load.paths`, already absolute. */
  readonly loadPaths: readonly string[];
  /** Install records whose installed version is wanted; an `installPath` is absolute. */
  readonly records: readonly { readonly kind: 'plugin' | 'hook'; readonly id: string; readonly installPath?: string }[];
}

const MAX_PLUGINS = 10_000;
const MAX_RECORDS = 10_000;
// Directories listed in the search for plugins.
const MAX_LISTINGS = 20_000;
const MAX_GAPS = 50;
// Directories between `<state>/git` and a checkout.
const MAX_CHECKOUT_DEPTH = 3;

const CODE_FILE = /(?<!\.d)\.[cm]?[jt]s$/i;
const INDEX_FILES = ['index.ts', 'index.js', 'index.mjs', 'index.cjs', 'index.mts', 'index.cts'];
// Names that OpenClaw 2026.9.6 never loads a plugin from; `.openclaw-install-backups` is among the hidden ones.
const IGNORED = /^\.|^node_modules$|\.bak$|\.backup-|\.disabled/i;

/**
 * Every place that OpenClaw (2026.3.7 and 2026.9.6) loads plugin code from, and what the packages there say of themselves.
 * Runs and imports nothing. What cannot be read is reported as a gap.
 */
export function collectPlugins(input: PluginInput, report: ReportGap): PluginFacts {
  const { stateDir, workspaces, loadPaths } = input;
  const extensions = join(stateDir, 'extensions');
  const search = new PluginSearch(report);
  search.directory(extensions, 'state-extensions');
  for (const { path } of workspaces) search.directory(join(path, '.openclaw', 'extensions'), 'workspace-extensions');
  for (const path of loadPaths) search.loadPath(path);
  search.npmProjects(join(stateDir, 'npm'));
  search.checkouts(join(stateDir, 'git'), MAX_CHECKOUT_DEPTH);
  search.finish(stateDir);
  return {
    dirs: search.found,
    installs: [],
    installedVersions: installedVersions(input, extensions),
    extensionsIsLink: isLink(extensions),
  };
}

/** Versions in the package.json of each record, by `<kind>:<id>`. */
function installedVersions({ stateDir, records }: PluginInput, extensions: string): { readonly [key: string]: string } {
  const manifests = new ManifestReader();
  const versions: { [key: string]: string } = Object.create(null);
  for (const { kind, id, installPath } of records.slice(0, MAX_RECORDS)) {
    const home = kind === 'plugin' ? extensions : join(stateDir, 'hooks');
    const dir = installPath ?? join(home, id);
    // An id is a name and leads nowhere else.
    if (installPath === undefined ? dir === home || !isInside(dir, home) : !isAbsolute(dir)) continue;
    const version = manifests.package(dir)?.version;
    if (version !== undefined) versions[`${kind}:${id}`] = version;
  }
  return versions;
}

class PluginSearch {
  readonly found: PluginDir[] = [];
  readonly #manifests = new ManifestReader();
  readonly #gaps: BoundedGaps;
  readonly #seen = new Set<string>();
  #listings = 0;
  #leftOut = 0;

  constructor(report: ReportGap) {
    this.#gaps = new BoundedGaps(report, MAX_GAPS);
  }

  finish(stateDir: string): void {
    if (this.#leftOut > 0) this.#gaps.add(stateDir, `${this.#leftOut} more places of plugin code were not looked at`);
    this.#gaps.finish(stateDir);
  }

  /** Plugins that lie side by side in a directory, also when that is a link. */
  directory(root: string, from: PluginDir['from']): void {
    const real = realPathOf(root) ?? root;
    for (const { name } of this.#list(root)) this.#keep(this.#describe(join(root, name), from, join(real, name)));
  }

  /** A file of code, a plugin, or else a directory of plugins. */
  loadPath(path: string): void {
    const own = this.#describe(path, 'load-path');
    if (!own) return;
    const isPlugin =
      CODE_FILE.test(own.name) || isDeclared(own) || INDEX_FILES.some((name) => existsSync(join(path, name)));
    if (isPlugin) this.#keep(own);
    else this.directory(path, 'load-path');
  }

  /** `<npm>/projects/<slug>/node_modules/<package>`: of the packages there, those that the project asks for. */
  npmProjects(npm: string): void {
    const projects = this.#list(join(npm, 'projects')).map(({ name }) => join(npm, 'projects', name));
    for (const project of [npm, ...projects]) {
      const modules = join(project, 'node_modules');
      const wanted = this.#manifests.dependencies(project);
      for (const name of wanted ?? this.#packagesIn(modules)) {
        const plugin = this.#describe(join(modules, name), 'npm-projects');
        // Unless the project says so, a package is a plugin only by its own word.
        if (plugin && (wanted || isDeclared(plugin))) this.#keep(plugin);
      }
    }
  }

  /** Repositories below `<state>/git`: the uppermost directories that hold a package. */
  checkouts(dir: string, levels: number): void {
    for (const entry of this.#list(dir)) {
      if (IGNORED.test(entry.name)) continue;
      const path = join(dir, entry.name);
      const plugin = entry.isFile() ? undefined : this.#describe(path, 'git');
      if (!plugin) continue;
      if (plugin.package || isDeclared(plugin)) this.#keep(plugin);
      else if (levels > 1 && plugin.kind === 'directory') this.checkouts(path, levels - 1);
    }
  }

  #packagesIn(modules: string): string[] {
    return this.#list(modules).flatMap(({ name }) =>
      name.startsWith('@') ? this.#list(join(modules, name)).map((below) => join(name, below.name)) : [name],
    );
  }

  #list(dir: string): Dirent[] {
    if (this.#listings >= MAX_LISTINGS) {
      this.#leftOut++;
      return [];
    }
    this.#listings++;
    try {
      return readdirSync(dir, { withFileTypes: true });
    } catch (error) {
      // A file in the place of a directory holds no plugins.
      if (!isAbsent(error)) this.#gaps.add(dir, errnoReason(error));
      return [];
    }
  }

  #keep(plugin: PluginDir | undefined): void {
    if (!plugin || this.#seen.has(plugin.path)) return;
    this.#seen.add(plugin.path);
    this.found.push(plugin);
  }

  /** Undefined when no plugin code can be there. `plainReal` is where the path leads when it is itself no link. */
  #describe(path: string, from: PluginDir['from'], plainReal = path): PluginDir | undefined {
    const name = basename(path);
    const own = this.#examine(path, lstatSync);
    if (own === undefined || own === 'unknown') return undefined;
    const link = own.isSymbolicLink();
    const end = link ? this.#examine(path, statSync) : own;
    // A link to nothing loads nothing; a link that only the auditor cannot follow may load anything.
    if (end === undefined) return undefined;
    const directory = end !== 'unknown' && end.isDirectory();
    if (end !== 'unknown' && !directory && !(CODE_FILE.test(name) && end.isFile())) return undefined;
    if (this.found.length >= MAX_PLUGINS) {
      this.#leftOut++;
      return undefined;
    }
    const real = link ? realPathOf(path) : plainReal;
    const pkg = directory ? this.#manifests.package(path) : undefined;
    return {
      name,
      path,
      from,
      kind: link ? 'symlink' : directory ? 'directory' : 'file',
      ...(real !== undefined && real !== path && { real }),
      ...(directory && this.#manifests.plugin(path)),
      ignored: IGNORED.test(name),
      ...(pkg && { package: pkg }),
    };
  }

  /** Undefined when nothing is there, or a loop of links. */
  #examine(path: string, ask: (path: string) => Stats): Stats | 'unknown' | undefined {
    try {
      return ask(path);
    } catch (error) {
      if (isAbsent(error) || errnoCode(error) === 'ELOOP') return undefined;
      this.#gaps.add(path, errnoReason(error));
      return 'unknown';
    }
  }
}

/** It says itself that it is a plugin. */
function isDeclared({ id, manifestError, package: pkg }: PluginDir): boolean {
  return id !== undefined || manifestError !== undefined || (pkg?.entries.length ?? 0) > 0;
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
