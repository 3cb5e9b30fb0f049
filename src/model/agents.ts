import type { KeyPath, KeyStep, Ref } from '../core/ref.ts';
import { keyRef } from '../core/ref.ts';
import type { Settings } from './settings.ts';

/** One agent of the roster. */
export interface Agent {
  /** The id as written, trimmed; `main` for the implicit one. */
  readonly id: string;
  /** The id OpenClaw uses for directories and lookups. */
  readonly normalizedId: string;
  /** Its object in the config; undefined for the implicit agent. */
  readonly path: KeyPath | undefined;
  /** `default: true` (any truthy value) is written. */
  readonly markedDefault: boolean;
  readonly at: Ref;
}

export interface Agents {
  /** `agents.entries` (2026.8.1 on), `agents.list` (before), or nothing written. The newer wins where both stand. */
  readonly dialect: 'entries' | 'list' | 'none';
  /** Agents that are written, in config order; entries without a usable id are left out. */
  readonly written: readonly Agent[];
  /** Id of the default agent, normalised: first one marked, else the first, else `main`. */
  readonly defaultId: string;
  /** Why agents may be missing. */
  readonly gap?: string;
}

/** The object that holds the settings shared by all agents. */
export const AGENT_DEFAULTS: KeyPath = ['agents', 'defaults'];

/**
 * OpenClaw's normal form of an agent id (2026.3.7): blank is `main`; letters, digits, `_` and `-` in lower case, other
 * runs become `-`, at most 64 characters.
 */
export function normalizeAgentId(id: string): string {
  const trimmed = id.trim();
  if (trimmed === '') return 'main';
  if (/^[A-Za-z0-9][\w-]{0,63}$/.test(trimmed)) return trimmed.toLowerCase();
  const slug = trimmed
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64);
  return slug || 'main';
}

/** Reads the roster in either spelling. */
export function readAgents(settings: Settings): Agents {
  const entries = settings.object('agents', 'entries');
  const list = settings.value('agents', 'list');
  const dialect = entries ? 'entries' : list?.kind === 'array' ? 'list' : 'none';
  const written: Agent[] = [];
  const add = (id: string, path: KeyPath) => {
    const mark = settings.value(...path, 'default');
    written.push({
      id: id.trim(),
      normalizedId: normalizeAgentId(id),
      path,
      markedDefault: mark !== undefined && mark.kind !== 'object' && mark.kind !== 'array' && Boolean(mark.value),
      at: keyRef(...path),
    });
  };
  if (entries) for (const id of entries.entries.keys()) add(id, ['agents', 'entries', id]);
  else if (list?.kind === 'array')
    list.items.forEach((item, i) => {
      const id = item.kind === 'object' ? item.entries.get('id')?.value : undefined;
      if (id?.kind === 'string') add(id.value, ['agents', 'list', i]);
    });
  const first = written.find((a) => a.markedDefault) ?? written[0];
  const gap = settings.gapAt(['agents', dialect === 'list' ? 'list' : 'entries']);
  return { dialect, written, defaultId: first?.normalizedId ?? 'main', ...(gap ? { gap } : {}) };
}

/** The route of a setting of an agent: its own object, then `agents.defaults`. */
export function agentRoutes(agent: Agent | undefined, ...steps: KeyStep[]): KeyPath[] {
  const routes: KeyPath[] = agent?.path ? [[...agent.path, ...steps]] : [];
  routes.push([...AGENT_DEFAULTS, ...steps]);
  return routes;
}
