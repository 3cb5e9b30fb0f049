import type { Value } from '../config/value.ts';
import { type KeyPath, keyRef, type Ref } from '../core/ref.ts';
import { AGENT_DEFAULTS, type Agent, type Agents } from './agents.ts';
import type { Settings } from './settings.ts';

/** A model that some agent uses, and where it is named. */
export interface ModelUse {
  /** The id in force: trimmed, alias resolved where the config defines one. */
  readonly id: string;
  readonly agent: Agent | undefined;
  /** `agents.defaults.model`, `agents.list.<id>.model.fallbacks`, … */
  readonly label: string;
  readonly at: Ref;
  /** It only describes images. */
  readonly imageOnly: boolean;
}

/** The models named in `agents.defaults` and by each agent, primary first. */
export function readModelUses(settings: Settings, agents: Agents, secondEra: boolean): readonly ModelUse[] {
  const out: ModelUse[] = [];
  const aliases = secondEra ? readAliases(settings) : new Map<string, string>();
  const add = (
    value: Value | undefined,
    path: KeyPath,
    label: string,
    agent: Agent | undefined,
    imageOnly: boolean,
  ) => {
    if (value?.kind !== 'string') return;
    const written = value.value.trim();
    if (!written || value.template?.unset.length) return;
    out.push({ id: aliases.get(written.toLowerCase()) ?? written, agent, label, at: keyRef(...path), imageOnly });
  };
  const collect = (path: KeyPath, label: string, agent: Agent | undefined, imageOnly: boolean) => {
    const value = settings.value(...path);
    add(value, path, label, agent, imageOnly);
    if (value?.kind !== 'object') return;
    add(value.entries.get('primary')?.value, [...path, 'primary'], `${label}.primary`, agent, imageOnly);
    const fallbacks = value.entries.get('fallbacks')?.value;
    if (fallbacks?.kind === 'array')
      fallbacks.items.forEach((item, i) => {
        add(item, [...path, 'fallbacks', i], `${label}.fallbacks`, agent, imageOnly);
      });
  };
  collect([...AGENT_DEFAULTS, 'model'], 'agents.defaults.model', undefined, false);
  collect([...AGENT_DEFAULTS, 'imageModel'], 'agents.defaults.imageModel', undefined, true);
  for (const agent of agents.written)
    collect([...agent.path!, 'model'], `agents.${agents.dialect}.${agent.id}.model`, agent, false);
  return out;
}

/** `agents.defaults.models.<id>.alias`. */
function readAliases(settings: Settings): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const id of settings.keys(...AGENT_DEFAULTS, 'models')) {
    const alias = settings.string([...AGENT_DEFAULTS, 'models', id, 'alias'], undefined);
    if (alias.known && alias.value) aliases.set(alias.value.trim().toLowerCase(), id);
  }
  return aliases;
}

/** Models that their makers have retired or replaced (OpenClaw 2026.3.7). */
export function isLegacyModel(id: string): boolean {
  return /\bgpt-3\.5\b/i.test(id) || /\bclaude-(?:instant|2)\b/i.test(id) || /\bgpt-4-(?:0314|0613)\b/i.test(id);
}

/** Why a model is easier to talk into things than its maker's better ones, or undefined. */
export function weakTierReason(id: string): string | undefined {
  if (/\bhaiku\b/i.test(id)) return 'a small tier';
  if (/\bgpt-/i.test(id) && !/\bgpt-5(?:\b|[.-])/i.test(id)) return 'older than GPT-5';
  if (/\bclaude-/i.test(id) && !isClaude45OrNewer(id)) return 'older than Claude 4.5';
  return undefined;
}

// `claude-opus-4-5`, `claude-4.5-sonnet`, `claude-5`; a date (`-20250514`) is no version, and no version is not new.
function isClaude45OrNewer(id: string): boolean {
  const m = /\bclaude-(?:[a-z]+-)*(\d{1,2})(?!\d)(?:[.-](\d{1,2})(?!\d))?/i.exec(id);
  if (!m) return false;
  const major = Number(m[1]);
  return major > 4 || (major === 4 && Number(m[2] ?? 0) >= 5);
}

/** Largest parameter count, in billions, that counts as small (OpenClaw 2026.3.7). */
export const SMALL_MODEL_BILLIONS = 300;

/** Parameters in billions as the name says them (`8b`, `e4b`, `8x7b`, `0.5b`), the largest when there are several. */
export function modelSize(id: string): number | undefined {
  let best: number | undefined;
  for (const m of id.toLowerCase().matchAll(/(?:^|[^a-z0-9])[a-z]?(?:(\d{1,3})x)?(\d+(?:\.\d+)?)b(?=[^a-z0-9]|$)/g)) {
    const size = Number(m[1] ?? 1) * Number(m[2]);
    if (size > 0 && (best === undefined || size > best)) best = size;
  }
  return best;
}
