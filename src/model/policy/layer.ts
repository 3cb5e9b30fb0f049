import { type Fact, known, unknownFact } from '../../core/fact.ts';
import { keyRef } from '../../core/ref.ts';
import { coreTools, type PolicyTables } from './era.ts';
import { type Gap, expandPattern, findMatch, type Patterns } from './patterns.ts';
import type { LayerName, ToolVerdict } from './query.ts';

/** Lists that a tool must pass. */
export interface Lists {
  /** Undefined or empty: everything that is not denied passes. */
  readonly allow: Patterns | undefined;
  readonly deny: Patterns | undefined;
}

/** One step of the policy; a tool is available when it passes every step. */
export interface ToolLayer {
  readonly name: LayerName;
  /** More than one where the question leaves open which holds; `undefined` restricts nothing. */
  readonly options: readonly (Lists | undefined)[];
  /** Why there is more than one. */
  readonly reason?: Gap;
  /** Whether the step counts at all; it does when left out. */
  readonly applies?: Fact<boolean>;
  /** Nothing of the step can be told. */
  readonly gap?: Gap;
}

/** A step with one pair of lists; nothing when there is neither. */
export function plainLayer(name: LayerName, lists: Lists | undefined, applies?: Fact<boolean>): ToolLayer | undefined {
  return lists && { name, options: [lists], ...(applies ? { applies } : {}) };
}

/**
 * What every tool's way through the steps comes to.
 *
 * @param only the core tools that are asked about; all tools when left out
 */
export function judgeTools(
  layers: readonly ToolLayer[],
  tables: PolicyTables,
  only?: readonly string[],
): readonly ToolVerdict[] {
  const core = coreTools(tables);
  if (only) return only.filter((name) => core.includes(name)).map((name) => judge(layers, name, true, tables));
  const mentioned = layers.flatMap((layer) => layer.options.flatMap((o) => (o ? namesIn(o, tables) : [])));
  const extra = [...new Set(mentioned)].filter((name) => !core.includes(name)).slice(0, MAX_MENTIONED);
  return [
    ...core.map((name) => judge(layers, name, true, tables)),
    ...extra.map((name) => judge(layers, name, false, tables)),
  ];
}

const MAX_MENTIONED = 500;

/** Tools that written lists name one by one. */
function namesIn(lists: Lists, tables: PolicyTables): readonly string[] {
  return [lists.allow, lists.deny]
    .flatMap((list) => list?.items ?? [])
    .filter((item) => item.set)
    .flatMap((item) => expandPattern(item.text, tables))
    .filter((name) => !name.includes('*') && !name.includes(':'));
}

function judge(layers: readonly ToolLayer[], tool: string, core: boolean, tables: PolicyTables): ToolVerdict {
  let open: { fact: Fact<boolean>; by: LayerName } | undefined;
  let admitted: { fact: Fact<boolean>; by: LayerName } | undefined;
  for (const layer of layers) {
    const fact = passes(layer, tool, tables);
    if (!fact) continue;
    if (fact.known && !fact.value) return { name: tool, core, allowed: fact, by: layer.name };
    if (!fact.known) open ??= { fact, by: layer.name };
    // The narrowest step that names the tool says most about why it is there.
    else admitted = { fact, by: layer.name };
  }
  const last = open ?? admitted;
  if (last) return { name: tool, core, allowed: last.fact, by: last.by };
  return { name: tool, core, allowed: known(true, keyRef('tools', 'allow'), false), by: 'default' };
}

/** Undefined when the step does not speak of the tool. */
function passes(layer: ToolLayer, tool: string, tables: PolicyTables): Fact<boolean> | undefined {
  if (layer.applies?.known && !layer.applies.value) return undefined;
  if (layer.gap) return unknownFact(layer.gap.reason, layer.gap.at);
  const facts = layer.options.map((lists) => lists && passesLists(lists, tool, tables));
  const values = new Set(facts.map((f) => (f === undefined ? true : f.value)));
  const first = facts.find((f) => f !== undefined);
  const unknown = facts.find((f) => f !== undefined && !f.known);
  if (unknown) return unknown;
  if (values.size > 1) return unknownFact(layer.reason!.reason, layer.reason!.at);
  if (layer.applies && !layer.applies.known && first?.value === false) return layer.applies;
  return first;
}

function passesLists({ allow, deny }: Lists, tool: string, tables: PolicyTables): Fact<boolean> | undefined {
  const denied = deny && findMatch(deny, tool, tables);
  if (denied) return known(false, denied.at, denied.set);
  const gap = deny?.gap ?? allow?.gap;
  const restricts = allow && (allow.items.length > 0 || allow.gap);
  const admitting =
    restricts && (findMatch(allow, tool, tables) ?? (tool === 'apply_patch' ? implied(allow, tables) : undefined));
  // The star that `alsoAllow` brings along says nothing of this tool.
  const implicit = admitting?.text === '*' && !admitting.set;
  if (admitting && !deny?.gap) return implicit ? undefined : known(true, admitting.at, admitting.set);
  if (gap && (deny?.gap || !admitting)) return unknownFact(gap.reason, gap.at);
  return restricts ? known(false, allow.at, allow.set) : undefined;
}

/** Who may run programs (2026.3.7) or write files (2026.9.6) may patch them. */
function implied(allow: Patterns, tables: PolicyTables) {
  return findMatch(allow, tables.tools.impliesApplyPatch, tables);
}
