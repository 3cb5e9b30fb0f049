import type { KeyStep } from '../../core/ref.ts';
import type { ArrayValue, ObjectValue, Value } from '../value.ts';
import { DraftSink } from './problem.ts';
import { hasType, isListed, isOpaque, kindOfConst, nameFits, numberFits, stringFits } from './scalars.ts';
import { branchesOf, keyNode, nodeAt, type SchemaConst, type SchemaNode, type SchemaTable } from './table.ts';

// Problems of one alternative that are looked at to compare it with the others.
const BRANCH_LIMIT = 200;

/** What goes along on a walk. `path` grows and shrinks with it. */
export interface Walk {
  readonly table: SchemaTable;
  readonly path: KeyStep[];
  readonly sink: DraftSink;
}

/**
 * Checks a value against a node and what lies below it, in document order. The depth is that of the schema, not of the
 * config: nothing is looked at where the schema accepts anything.
 */
export function checkNode(walk: Walk, node: SchemaNode, value: Value): void {
  const { sink, path } = walk;
  if (sink.done) return;
  if (node.type !== undefined && !hasType(node.type, value)) {
    sink.add('wrong-type', path, node, value);
    return;
  }
  if (node.enum && !isListed(node.enum, value)) {
    const sameType = node.enum.some((word) => kindOfConst(word) === value.kind);
    sink.add(sameType ? 'not-allowed-value' : 'wrong-type', path, node, value);
    return;
  }
  if (node.any) checkUnion(walk, node, value);
  if (node.all) for (const index of node.all) checkNode(walk, nodeAt(walk.table, index), value);
  checkConditions(walk, node, value);
  switch (value.kind) {
    case 'string':
      if (!stringFits(node, value)) sink.add('not-allowed-value', path, node, value);
      break;
    case 'number':
      if (!numberFits(node, value.value as number)) sink.add('not-allowed-value', path, node, value);
      break;
    case 'array':
      checkArray(walk, node, value);
      break;
    case 'object':
      checkObject(walk, node, value);
      break;
  }
}

/** True when nothing is wrong with a value. */
export function accepts(walk: Walk, node: SchemaNode, value: Value): boolean {
  const sink = new DraftSink(1, true);
  checkNode({ table: walk.table, path: walk.path, sink }, node, value);
  return sink.count === 0;
}

function checkConditions(walk: Walk, node: SchemaNode, value: Value): void {
  // An object with a gap may hold what is missing, so no condition on it is certain.
  if (value.kind === 'object' && value.incomplete !== undefined) return;
  if (node.not !== undefined && accepts(walk, nodeAt(walk.table, node.not), value))
    walk.sink.add('rule', walk.path, node, value);
  if (node.if === undefined || node.then === undefined) return;
  if (accepts(walk, nodeAt(walk.table, node.if), value)) checkNode(walk, nodeAt(walk.table, node.then), value);
}

function checkArray(walk: Walk, node: SchemaNode, value: ArrayValue): void {
  const { sink, path, table } = walk;
  const { length } = value.items;
  const tooFew = node.minItems !== undefined && length < node.minItems && value.incomplete === undefined;
  const tooMany = length > (node.tuple?.length ?? node.maxItems ?? length);
  if (tooFew || tooMany || (node.unique && hasTwins(value))) sink.add('not-allowed-value', path, node, value);
  if (node.items === undefined && !node.tuple) return;
  for (let i = 0; i < length && !sink.done; i++) {
    const index = node.tuple ? node.tuple[i] : node.items;
    if (index === undefined) break;
    path.push(i);
    checkNode(walk, nodeAt(table, index), value.items[i]!);
    path.pop();
  }
}

function hasTwins(value: ArrayValue): boolean {
  // Only scalars are compared: the schemas ask for it in lists of strings.
  const scalars = value.items.flatMap((item) =>
    item.kind === 'object' || item.kind === 'array' || isOpaque(item) ? [] : [`${item.kind}:${item.value}`],
  );
  return new Set(scalars).size < scalars.length;
}

function checkObject(walk: Walk, node: SchemaNode, value: ObjectValue): void {
  const { sink, path, table } = walk;
  const { entries } = value;
  if (value.incomplete === undefined) {
    for (const key of node.need ?? []) {
      if (entries.has(key)) continue;
      const index = keyNode(node, key);
      path.push(key);
      sink.add('missing', path, index === undefined ? {} : nodeAt(table, index), undefined);
      path.pop();
    }
    if (node.minKeys !== undefined && entries.size < node.minKeys) sink.add('not-allowed-value', path, node, value);
  }
  if (node.maxKeys !== undefined && entries.size > node.maxKeys) sink.add('not-allowed-value', path, node, value);
  if (node.apart && node.apart.filter((key) => isFilledList(entries.get(key)?.value)).length > 1)
    sink.add('rule', path, node, value);
  if (!node.keys && node.rest === undefined && node.names === undefined) return;
  const names = node.names === undefined ? undefined : nodeAt(table, node.names);
  for (const [key, entry] of entries) {
    if (sink.done) return;
    path.push(key);
    const index = keyNode(node, key);
    if (names && !nameFits(names, key)) sink.add('unknown-key', path, node, entry.value);
    else if (index !== undefined) checkNode(walk, nodeAt(table, index), entry.value);
    else if (node.rest === false) sink.add('unknown-key', path, node, entry.value);
    path.pop();
  }
}

function isFilledList(value: Value | undefined): boolean {
  return value?.kind === 'array' && value.items.length > 0;
}

/** Alternatives: when none fits, only what keeps the value from the nearest one is reported. */
function checkUnion(walk: Walk, node: SchemaNode, value: Value): void {
  const possible = branchesOf(walk.table, node).filter((branch) => mayHold(walk.table, branch, value));
  if (possible.some((branch) => accepts(walk, branch, value))) return;
  if (possible.length === 0) walk.sink.add('wrong-type', walk.path, node, value);
  // A word that is in no list: the whole union says what is allowed.
  else if (possible.every((branch) => branch.enum)) walk.sink.add('not-allowed-value', walk.path, node, value);
  else reportNearest(walk, possible, value);
}

/** True when some value of this kind satisfies the branch. */
function mayHold(table: SchemaTable, branch: SchemaNode, value: Value): boolean {
  if (branch.type !== undefined && !hasType(branch.type, value)) return false;
  if (branch.enum) return branch.enum.some((word) => kindOfConst(word) === value.kind);
  return branch.all === undefined || branch.all.every((index) => mayHold(table, nodeAt(table, index), value));
}

function reportNearest(walk: Walk, possible: readonly SchemaNode[], value: Value): void {
  let branches = possible;
  const kind = value.kind === 'object' ? findDiscriminator(walk.table, branches) : undefined;
  if (kind) {
    const chosen = chooseByDiscriminator(walk, kind, value as ObjectValue);
    if (!chosen) return;
    branches = chosen;
  }
  let best: DraftSink | undefined;
  for (const branch of branches) {
    const sink = new DraftSink(BRANCH_LIMIT);
    checkNode({ table: walk.table, path: walk.path, sink }, branch, value);
    if (!best || sink.count < best.count) best = sink;
  }
  if (best) walk.sink.take(best);
}

interface Discriminator {
  readonly key: string;
  readonly branches: readonly { readonly node: SchemaNode; readonly word: SchemaConst; readonly needed: boolean }[];
}

/** The key that each object branch fixes to one word of its own, such as `source` of a secret reference. */
function findDiscriminator(table: SchemaTable, branches: readonly SchemaNode[]): Discriminator | undefined {
  const [first] = branches;
  if (!first?.keys || branches.length < 2) return undefined;
  for (const key of Object.keys(first.keys)) {
    const found = branches.flatMap((node) => {
      const index = node.keys && Object.hasOwn(node.keys, key) ? node.keys[key] : undefined;
      const words = index === undefined ? undefined : nodeAt(table, index).enum;
      return words?.length === 1 ? [{ node, word: words[0]!, needed: node.need?.includes(key) ?? false }] : [];
    });
    if (found.length === branches.length) return { key, branches: found };
  }
  return undefined;
}

/** The branches that the discriminator leaves, or undefined after it was itself reported as the problem. */
function chooseByDiscriminator(walk: Walk, kind: Discriminator, value: ObjectValue): SchemaNode[] | undefined {
  const entry = value.entries.get(kind.key);
  const fit = kind.branches.filter(({ word, needed }) => (entry ? isListed([word], entry.value) : !needed));
  if (fit.length > 0) return fit.map((branch) => branch.node);
  if (!entry && value.incomplete !== undefined) return undefined;
  const words: SchemaNode = { enum: [...new Set(kind.branches.map((branch) => branch.word))] };
  walk.path.push(kind.key);
  if (entry) checkNode(walk, words, entry.value);
  else walk.sink.add('missing', walk.path, words, undefined);
  walk.path.pop();
  return undefined;
}
