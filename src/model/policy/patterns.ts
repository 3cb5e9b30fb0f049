import { type KeyPath, keyRef, type Ref } from '../../core/ref.ts';
import type { Settings } from '../settings.ts';
import { canonicalTool, globMatches } from '../tools/policy.ts';
import type { PolicyTables } from './era.ts';

/** Why something cannot be told, and where. */
export interface Gap {
  readonly reason: string;
  readonly at: Ref;
}

/** One entry of a list of tools. */
export interface Pattern {
  readonly text: string;
  readonly at: Ref;
  /** False for OpenClaw's own. */
  readonly set: boolean;
}

/** A list of tools, entry by entry, so that one unset variable does not hide the rest. */
export interface Patterns {
  readonly items: readonly Pattern[];
  readonly at: Ref;
  readonly set: boolean;
  /** Entries that cannot be read. */
  readonly gap?: Gap;
}

/** A list as written; undefined when there is none. Numbers become text, entries are trimmed, blanks dropped. */
export function readPatterns(settings: Settings, path: KeyPath): Patterns | undefined {
  const at = keyRef(...path);
  const value = settings.value(...path);
  if (!value || value.kind === 'null') {
    const reason = settings.gapAt(path);
    return reason ? { items: [], at, set: true, gap: { reason, at } } : undefined;
  }
  if (value.kind !== 'array') return { items: [], at, set: true, gap: { reason: 'expected a list', at } };
  let gap: Gap | undefined = value.incomplete ? { reason: value.incomplete, at } : undefined;
  const items: Pattern[] = [];
  value.items.forEach((item, i) => {
    if (item.kind !== 'string' && item.kind !== 'number') return;
    const entry = keyRef(...path, i);
    const fact = item.kind === 'string' ? settings.string([...path, i], undefined) : undefined;
    if (fact && !fact.known) {
      gap ??= { reason: fact.reason, at: entry };
      return;
    }
    const text = String(item.value).trim();
    if (text) items.push({ text, at: entry, set: true });
  });
  return { items, at, set: true, ...(gap ? { gap } : {}) };
}

/** A list that OpenClaw brings along; `at` is the key that would replace it. */
export function builtIn(names: readonly string[], at: Ref): Patterns {
  return { items: names.map((text) => ({ text, at, set: false })), at, set: false };
}

/** Both lists as one; the place is that of the first. */
export function joined(first: Patterns, second: Patterns | undefined): Patterns {
  if (!second) return first;
  const gap = first.gap ?? second.gap;
  return { ...first, items: [...first.items, ...second.items], ...(gap ? { gap } : {}) };
}

/** `alsoAllow` widens a list; on an empty or absent list it means everything, and itself (OpenClaw 2026.3.7, 2026.9.6). */
export function widened(allow: Patterns | undefined, also: Patterns | undefined): Patterns | undefined {
  if (!also || (also.items.length === 0 && !also.gap)) return allow;
  if (allow && (allow.items.length > 0 || allow.gap)) return joined(allow, also);
  return { ...also, items: [...also.items, { text: '*', at: also.at, set: false }] };
}

/** The first entry that names the tool: itself, a group, or a pattern with `*`. */
export function findMatch(patterns: Patterns, tool: string, tables: PolicyTables): Pattern | undefined {
  return patterns.items.find((p) => patternMatches(p.text, tool, tables));
}

/** `*` may stand anywhere and is the only wildcard; groups and former names stand for their members. */
export function patternMatches(text: string, tool: string, tables: PolicyTables): boolean {
  return expandPattern(text, tables).some((p) => (p.includes('*') ? globMatches(p, tool) : p === tool));
}

/** Canonical names for one entry: group members, what a former name means today, or the entry itself. */
export function expandPattern(text: string, tables: PolicyTables): readonly string[] {
  const known = expanded.get(tables) ?? new Map<string, readonly string[]>();
  expanded.set(tables, known);
  let names = known.get(text);
  if (!names) {
    const name = canonicalTool(text, tables.tools);
    const renamed = Object.hasOwn(tables.families, name) ? tables.families[name]! : [name];
    names = renamed.flatMap((n) => (Object.hasOwn(tables.tools.groups, n) ? tables.tools.groups[n]! : [n]));
    // Every tool is held against every entry of every list; what a config makes up is not kept for ever.
    if (known.size < MAX_EXPANDED) known.set(text, names);
  }
  return names;
}

const expanded = new WeakMap<PolicyTables, Map<string, readonly string[]>>();
const MAX_EXPANDED = 2000;
