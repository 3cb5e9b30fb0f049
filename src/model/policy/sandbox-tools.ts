import { type Fact, known, unknownFact } from '../../core/fact.ts';
import { type KeyPath, keyRef } from '../../core/ref.ts';
import type { Agent } from '../agents.ts';
import type { Model } from '../model.ts';
import type { PolicyTables } from './era.ts';
import type { Lists } from './layer.ts';
import { builtIn, expandPattern, joined, patternMatches, type Patterns, readPatterns } from './patterns.ts';

/**
 * The lists inside the sandbox: the agent's, else the shared ones, else OpenClaw's own, each list for itself. An image
 * tool is always added to a list that is not empty, unless denied. From 2026.8 on `alsoAllow` widens, and what is allowed
 * by name is no longer denied by OpenClaw's own list (OpenClaw 2026.3.7 and 2026.9.6).
 */
export function sandboxLists(model: Model, agent: Agent | undefined, tables: PolicyTables): Lists {
  const { settings } = model;
  const shared: KeyPath = ['tools', 'sandbox', 'tools'];
  const routes: KeyPath[] = [...(agent?.path ? [[...agent.path, ...shared]] : []), shared];
  const pick = (key: string) =>
    routes.map((r) => readPatterns(settings, [...r, key])).find((list) => list !== undefined);
  const defaults = tables.tools.sandboxDefaults;
  const ownAllow = builtIn(defaults.allow, keyRef(...shared, 'allow'));
  const ownDeny = builtIn(defaults.deny, keyRef(...shared, 'deny'));
  const written = pick('allow');
  const deny = pick('deny');
  if (!tables.secondEra && !written && !deny) {
    const same = unwritten.get(tables) ?? withImage(ownAllow, ownDeny, 'image', tables);
    unwritten.set(tables, same);
    return same;
  }
  if (!tables.secondEra) return withImage(written ?? ownAllow, deny ?? ownDeny, 'image', tables);
  const also = pick('alsoAllow');
  const merged = written && written.items.length === 0 && !written.gap ? written : joined(written ?? ownAllow, also);
  // The list of the agent says most about where the merged one comes from, else the written one.
  const ofAgent = [written, also].find((list) => list?.at.kind === 'key' && list.at.path[0] === 'agents');
  const { at, set } = ofAgent ?? written ?? also ?? ownAllow;
  const allow = { ...merged, at, set };
  const named = [...(written?.items ?? []), ...(also?.items ?? [])];
  const lifted = {
    ...ownDeny,
    items: ownDeny.items.filter((d) => !named.some((a) => patternMatches(a.text, d.text, withoutFormer(tables)))),
  };
  return withImage(allow, withFormerImage(deny ?? lifted, tables), 'view_image', tables);
}

/** The lists where none is written, one for each, so that they are spelled out once (2026.3.7). */
const unwritten = new WeakMap<PolicyTables, Lists>();

/** Sandbox lists are compared before former names are looked up. */
function withoutFormer(tables: PolicyTables): PolicyTables {
  const plain = plainTables.get(tables) ?? { ...tables, families: {} };
  plainTables.set(tables, plain);
  return plain;
}

/** One for each, so that what is found out about its entries is found out once. */
const plainTables = new WeakMap<PolicyTables, PolicyTables>();

function withImage(allow: Patterns, deny: Patterns, image: string, tables: PolicyTables): Lists {
  const has = (list: Patterns) => expandedNames(list, tables).includes(image);
  if ((allow.items.length === 0 && !allow.gap) || has(deny) || has(allow)) return { allow, deny };
  return { allow: joined(allow, builtIn([image], allow.at)), deny };
}

/** Who denies `image` denies what it is called today. */
function withFormerImage(deny: Patterns, tables: PolicyTables): Patterns {
  const entry = deny.items.find((d) => patternMatches(d.text, 'image', withoutFormer(tables)));
  if (!entry || deny.items.some((d) => patternMatches(d.text, 'view_image', withoutFormer(tables)))) return deny;
  return { ...deny, items: [...deny.items, { ...entry, text: 'view_image' }] };
}

function expandedNames(list: Patterns, tables: PolicyTables): readonly string[] {
  return [...new Set(list.items.flatMap((item) => expandPattern(item.text, withoutFormer(tables))))];
}

/** A list with groups spelled out, as `openclaw sandbox explain` shows it. */
export function spelledOut(list: Patterns | undefined, tables: PolicyTables): Fact<readonly string[]> {
  if (!list) return known([], keyRef('tools', 'sandbox', 'tools'), false);
  if (list.gap) return unknownFact(list.gap.reason, list.gap.at);
  return known(expandedNames(list, tables), list.at, list.set);
}
