import type { KeyPath, KeyStep } from '../../core/ref.ts';
import { compareVersions, parseVersion, SECOND_ERA_FROM } from '../../core/version.ts';
import { type Value, valueAt } from '../value.ts';
import { KEY_MOVES, type KeyMove } from './move-table.ts';

const AGENT_SCOPES = ['agents.defaults', 'agents.entries.*', 'agents.list.*'];

interface CompiledMove {
  readonly move: KeyMove;
  readonly from: readonly string[];
  readonly to: readonly string[] | undefined;
}

const SCOPE = /^\{(\w+)\}/;

let compiled: readonly CompiledMove[] | undefined;

/** Made when first asked for: a config that is as it should be needs none of it. */
function compiledMoves(): readonly CompiledMove[] {
  compiled ??= KEY_MOVES.flatMap((move) =>
    scopesOf(move.from).map((scope) => ({
      move,
      from: move.from.replace(SCOPE, scope).split('.'),
      to: move.to?.replace(SCOPE, scope).split('.'),
    })),
  );
  return compiled;
}

function scopesOf(pattern: string): readonly string[] {
  const name = SCOPE.exec(pattern)?.[1];
  if (name === undefined) return [''];
  if (name === 'agent') return AGENT_SCOPES;
  const channel = `channels.${name === 'channel' ? '*' : name}`;
  return [channel, `${channel}.accounts.*`];
}

/** Where a key of one spelling is in the other; the path is a pattern, `*` for a step that is not told. */
export interface Relocation {
  readonly move: KeyMove;
  /** Undefined when the key is gone. */
  readonly path: KeyPath | undefined;
  /** True when a step of the path is not told and `*` stands for it. */
  readonly open: boolean;
}

/** What happened to a key in the versions after (`newer`) or before (`older`) its own. The first that matches a prefix. */
export function relocationsOf(path: KeyPath, direction: 'newer' | 'older'): Relocation[] {
  const out: Relocation[] = [];
  for (const { move, from, to } of compiledMoves()) {
    const [here, there] = direction === 'newer' ? [from, to] : [to, from];
    const captured = here && matchPrefix(here, path, move.except);
    if (!captured) continue;
    const stars = there?.filter((step) => step === '*').length ?? 0;
    const moved = there && [...fill(there, captured), ...path.slice(here.length)];
    out.push({ move, path: moved, open: stars > captured.length });
  }
  return out;
}

/**
 * Like `relocationsOf` for what stands below a key: a table of its own moved piecewise, as `routing` did. `path` is where
 * a part of `value` is in the other spelling.
 */
export function relocationsBelow(path: KeyPath, value: Value, direction: 'newer' | 'older'): Relocation[] {
  const out: Relocation[] = [];
  for (const { from, to } of compiledMoves()) {
    const here = direction === 'newer' ? from : to;
    const rest =
      here && here.length > path.length && matchPrefix(here.slice(0, path.length), path) && here.slice(path.length);
    if (rest && !rest.includes('*') && valueAt(value, rest)) out.push(...relocationsOf([...path, ...rest], direction));
  }
  return out;
}

/** The steps that the stars stand for, or undefined when the pattern is no prefix of the path. */
function matchPrefix(pattern: readonly string[], path: KeyPath, except?: readonly string[]): KeyStep[] | undefined {
  if (path.length < pattern.length) return undefined;
  const captured: KeyStep[] = [];
  for (const [i, want] of pattern.entries()) {
    const step = path[i]!;
    if (want !== '*' ? want !== step : except?.includes(String(step))) return undefined;
    if (want === '*') captured.push(step);
  }
  return captured;
}

function fill(pattern: readonly string[], captured: readonly KeyStep[]): KeyStep[] {
  let next = 0;
  return pattern.map((step) => (step === '*' ? (captured[next++] ?? '*') : step));
}

/**
 * The place that means the same in the target version, for a path of either spelling. The path itself when nothing
 * changed; undefined when the key is gone there, when its value would have to change with it, or when an agent cannot
 * be told: `agents.list[2]` needs `root` to find its id, and `agents.entries.<id>` its position.
 */
export function equivalentKey(path: KeyPath, targetVersion: string, root?: Value): KeyPath | undefined {
  const target = parseVersion(targetVersion);
  let at: KeyPath | undefined = moveRoster(path, isAtLeast(target, SECOND_ERA_FROM), root);
  // A key may have moved more than once; no chain is longer than the table.
  for (let i = 0; at && i < KEY_MOVES.length; i++) {
    const hit = nextMove(at, target);
    if (!hit) return at;
    if (hit.move.newValue !== undefined || hit.open) return undefined;
    at = hit.path;
  }
  return at;
}

function nextMove(path: KeyPath, target: ReturnType<typeof parseVersion>): Relocation | undefined {
  const forward = relocationsOf(path, 'newer').find(({ move }) => !isRoster(move) && isAtLeast(target, move.since));
  if (forward) return forward;
  return relocationsOf(path, 'older').find(
    ({ move }) => !move.always && !isRoster(move) && !isAtLeast(target, move.since),
  );
}

function isRoster(move: KeyMove): boolean {
  return move.from === 'agents.list';
}

function isAtLeast(target: ReturnType<typeof parseVersion>, since: string): boolean {
  const from = parseVersion(since);
  return target === undefined || from === undefined || compareVersions(target, from) >= 0;
}

function moveRoster(path: KeyPath, keyed: boolean, root: Value | undefined): KeyPath | undefined {
  const [agents, roster, step] = path;
  if (agents !== 'agents') return path;
  if (keyed && roster === 'list') {
    if (path.length === 2) return ['agents', 'entries'];
    const id = typeof step === 'number' ? valueAt(root, ['agents', 'list', step, 'id']) : undefined;
    return id?.kind === 'string' ? ['agents', 'entries', id.value, ...path.slice(3)] : undefined;
  }
  if (!keyed && roster === 'entries') {
    if (path.length === 2) return ['agents', 'list'];
    const entries = valueAt(root, ['agents', 'entries']);
    const index = entries?.kind === 'object' ? [...entries.entries.keys()].indexOf(String(step)) : -1;
    return index < 0 ? undefined : ['agents', 'list', index, ...path.slice(3)];
  }
  return path;
}
