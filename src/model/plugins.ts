import { type KeyPath, keyRef, type Ref } from '../core/ref.ts';
import type { InstallRecord, PluginDir, Snapshot } from '../core/snapshot.ts';
import type { Settings } from './settings.ts';
import type { ToolContext } from './tools/contexts.ts';
import { canonicalTool } from './tools/policy.ts';
import type { ToolTables } from './tools/tables.ts';

/** An install record with the place that names it. */
export interface PlacedRecord extends InstallRecord {
  readonly at: Ref;
}

export interface Plugins {
  /** Directories in `<state>/extensions` that OpenClaw loads. */
  readonly extensions: readonly PluginDir[];
  /** Code that it loads from anywhere else, or through a link or a single file. */
  readonly elsewhere: readonly PluginDir[];
  /** `plugins.allow`, when it is a list with entries. */
  readonly allow: readonly string[] | undefined;
  readonly records: readonly PlacedRecord[];
}

/** Reads what is installed and what is allowed. */
export function readPlugins(settings: Settings, snapshot: Snapshot): Plugins {
  const loaded = snapshot.plugins.dirs.filter((d) => !d.ignored && d.from !== 'bundled');
  const plain = (d: PluginDir) => d.from === 'state-extensions' && d.kind === 'directory';
  const allow = settings.strings(['plugins', 'allow']).value;
  return {
    extensions: snapshot.plugins.extensionsIsLink ? [] : loaded.filter(plain),
    elsewhere: loaded.filter((d) => snapshot.plugins.extensionsIsLink || !plain(d)),
    allow: allow && allow.length > 0 ? allow : undefined,
    records: [
      ...recordsIn(settings, snapshot, ['plugins', 'installs'], 'plugin'),
      ...recordsIn(settings, snapshot, ['hooks', 'internal', 'installs'], 'hook'),
      ...snapshot.plugins.installs.map((r) => ({ ...r, at: { kind: 'file' as const, path: r.recordedIn } })),
    ],
  };
}

function recordsIn(settings: Settings, snapshot: Snapshot, root: KeyPath, kind: InstallRecord['kind']): PlacedRecord[] {
  return settings.keys(...root).flatMap((id) => {
    const path = [...root, id];
    if (!settings.object(...path)) return [];
    const text = (key: string) => settings.string([...path, key], undefined).value;
    const optional = { spec: text('spec'), version: text('version'), resolvedVersion: text('resolvedVersion') };
    const more = { integrity: text('integrity'), installPath: text('installPath') };
    const installedVersion = snapshot.plugins.installedVersions[`${kind}:${id}`];
    return [
      {
        id,
        kind,
        source: text('source') ?? '',
        recordedIn: 'config',
        at: keyRef(...path),
        ...defined({ ...optional, ...more, installedVersion }),
      },
    ];
  });
}

function defined<T extends Record<string, string | undefined>>(record: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(record).filter(([, v]) => v !== undefined)) as { [K in keyof T]?: string };
}

/**
 * True when a npm spec names one exact version: what follows the last `@` has three parts, with an optional `v`,
 * pre-release and build (OpenClaw 2026.3.7).
 */
export function isPinnedSpec(spec: string): boolean {
  const at = spec.lastIndexOf('@');
  if (at <= 0 || at === spec.length - 1) return false;
  return /^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.test(spec.slice(at + 1));
}

/** Plugins of the extensions directory that the config leaves enabled, by lower-case directory name. */
export function enabledExtensions(settings: Settings, plugins: Plugins): readonly PluginDir[] {
  if (settings.boolean(['plugins', 'enabled'], true).value === false) return [];
  const lower = (list: readonly string[] | undefined) => (list ?? []).map((s) => s.toLowerCase());
  const denied = lower(settings.strings(['plugins', 'deny']).value);
  const allowed = plugins.allow && lower(plugins.allow);
  const off = new Set(
    settings
      .keys('plugins', 'entries')
      .filter((id) => settings.boolean(['plugins', 'entries', id, 'enabled'], true).value === false)
      .map((id) => id.toLowerCase()),
  );
  return plugins.extensions.filter((d) => {
    const names = [d.name, ...(d.id ? [d.id] : [])].map((n) => n.toLowerCase());
    if (names.some((n) => denied.includes(n) || off.has(n))) return false;
    return !allowed || names.some((n) => allowed.includes(n));
  });
}

/** A tool that no list names: what a plugin may call its own. */
const UNNAMED_TOOL = 'a-tool-no-list-names';

/**
 * True when tools of the enabled plugins are available in a context: nothing restricts tools there, or an allow list
 * names plugins. `group:plugins` in a deny list closes it.
 */
export function pluginToolsReachable(
  settings: Settings,
  context: ToolContext,
  enabled: readonly PluginDir[],
  tables: ToolTables,
): boolean {
  const names = new Set(enabled.flatMap((d) => [d.name, ...(d.id ? [d.id] : [])]).map((n) => n.toLowerCase()));
  const isPlugin = (raw: string) => {
    const tool = canonicalTool(raw, tables);
    return tool === 'group:plugins' || names.has(tool);
  };
  if (context.effective.layers.some((l) => l.deny.some((t) => canonicalTool(t, tables) === 'group:plugins')))
    return false;
  if (context.effective.allows(UNNAMED_TOOL)) return true;
  const roots: KeyPath[] = [['tools'], ...(context.agent?.path ? [[...context.agent.path, 'tools']] : [])];
  const lists = roots.flatMap((root) => [
    root,
    ...settings.keys(...root, 'byProvider').map((p): KeyPath => [...root, 'byProvider', p]),
  ]);
  return lists.some((path) =>
    ['allow', 'alsoAllow'].some((key) => (settings.strings([...path, key]).value ?? []).some(isPlugin)),
  );
}
