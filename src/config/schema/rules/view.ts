import { formatKeyPath, type KeyPath, type KeyStep } from '../../../core/ref.ts';
import { type ObjectValue, type Value, valueAt } from '../../value.ts';
import type { ProblemKind, SchemaProblem } from '../problem.ts';
import { isOpaque } from '../scalars.ts';
import type { SchemaTable } from '../table.ts';
import type { SchemaEra } from '../tables.ts';

/** What is known beside the config when its rules are judged. */
export interface RuleContext {
  /**
   * Ids of the channels that installed plugins provide beside OpenClaw's own. Absent when not known: then only an
   * unknown id that is clearly a slip of a known one is a problem.
   */
  readonly pluginChannels?: ReadonlySet<string>;
  /** Ids of the installed plugins beside OpenClaw's own. Absent when not known: then no plugin id is a problem. */
  readonly plugins?: ReadonlySet<string>;
}

/** A value with its route. */
export interface Placed<T extends Value = Value> {
  readonly path: KeyPath;
  readonly value: T;
}

/** What a rule sees, and where it reports. */
export class RuleView {
  readonly problems: SchemaProblem[] = [];
  count = 0;
  readonly root: Value;
  readonly table: SchemaTable;
  readonly context: RuleContext;
  private readonly limit: number;

  constructor(root: Value, table: SchemaTable, context: RuleContext, limit: number) {
    this.root = root;
    this.table = table;
    this.context = context;
    this.limit = limit;
  }

  get era(): SchemaEra {
    return this.table.openclaw === '2026.3.7' ? '2026.3.7' : '2026.9.6';
  }

  /** The value at a route. */
  at(...path: KeyStep[]): Value | undefined {
    return valueAt(this.root, path);
  }

  /** Every value that a pattern such as `agents.list.*.sandbox` leads to; `*` is each entry of a map or list. */
  each(pattern: string): Placed[] {
    let places: Placed[] = [{ path: [], value: this.root }];
    for (const step of pattern.split('.')) places = places.flatMap((place) => childrenOf(place, step));
    return places;
  }

  /** Like `each`, objects without a gap only: where keys may be missing, no rule between keys is certain. */
  objects(pattern: string): Placed<ObjectValue>[] {
    return this.each(pattern).flatMap(({ path, value }) => (isWhole(value) ? [{ path, value }] : []));
  }

  report(path: KeyPath, expected: string, found: string, kind: ProblemKind = 'rule', suggestion?: string): void {
    this.count++;
    if (this.problems.length >= this.limit) return;
    this.problems.push({ path, kind, expected, found, ...(suggestion ? { suggestion } : {}) });
  }
}

function childrenOf({ path, value }: Placed, step: string): Placed[] {
  if (value.kind === 'array' && step === '*')
    return value.items.map((item, i) => ({ path: [...path, i], value: item }));
  if (value.kind !== 'object') return [];
  if (step === '*') return [...value.entries].map(([key, entry]) => ({ path: [...path, key], value: entry.value }));
  const entry = value.entries.get(step);
  return entry ? [{ path: [...path, step], value: entry.value }] : [];
}

/** True for an object none of whose members can be missing. */
export function isWhole(value: Value | undefined): value is ObjectValue {
  return value?.kind === 'object' && value.incomplete === undefined;
}

/** A member of an object. */
export function member(value: Value | undefined, ...keys: string[]): Value | undefined {
  return valueAt(value, keys);
}

/** The text of a string, or undefined when there is none or it cannot be told. */
export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'string' && !isOpaque(value) ? value.value : undefined;
}

/** True when the value is this boolean. */
export function isFlag(value: Value | undefined, flag: boolean): boolean {
  return value?.kind === 'boolean' && value.value === flag;
}

/** `agents.list[0].id` for a message. */
export function named(path: KeyPath): string {
  return formatKeyPath(path);
}

/** An agent id as OpenClaw compares them: lower case, other characters as dashes, 64 at most, `main` for none. */
export function normalAgentId(id: string): string {
  const trimmed = id.trim();
  if (trimmed === '') return 'main';
  if (/^[a-z0-9][a-z0-9_-]{0,63}$/i.test(trimmed)) return trimmed.toLowerCase();
  const dashed = trimmed
    .toLowerCase()
    .slice(0, 256)
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64);
  return dashed || 'main';
}
