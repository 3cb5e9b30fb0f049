import { allOf, type Fact, known, mapFact, unknownFact } from '../../core/fact.ts';
import { type KeyPath, keyRef } from '../../core/ref.ts';
import type { Agent } from '../agents.ts';
import type { Model } from '../model.ts';
import { coreTools, type PolicyTables } from './era.ts';
import { directLayer, groupLayer, readLists } from './group-tools.ts';
import { type Lists, plainLayer, type ToolLayer } from './layer.ts';
import { builtIn, expandPattern, joined, type Patterns, readPatterns } from './patterns.ts';
import type { PolicyQuery, SessionPolicy } from './query.ts';
import { sandboxLists } from './sandbox-tools.ts';
import { senderEntries } from './sender.ts';

/** What was found out before the tools are judged. */
export interface LayerContext {
  readonly model: Model;
  readonly tables: PolicyTables;
  readonly agent: Agent | undefined;
  readonly query: PolicyQuery;
  readonly session: SessionPolicy;
  readonly sandboxed: Fact<boolean>;
  readonly workspaceAccess: Fact<string>;
  readonly owner: Fact<boolean>;
  readonly maxSpawnDepth: Fact<number>;
}

/** Every step in OpenClaw's order. */
export function toolLayers(context: LayerContext): readonly ToolLayer[] {
  const { model, agent, tables, sandboxed } = context;
  const own: KeyPath | undefined = agent?.path ? [...agent.path, 'tools'] : undefined;
  const globalOverride = providerPath(context, ['tools']);
  const ownOverride = own && providerPath(context, own);
  const from = (name: ToolLayer['name'], path: KeyPath | undefined) => path && plainLayer(name, readLists(model, path));
  const configured = [
    profileLayer(context, 'profile', own, ['tools']),
    profileLayer(context, 'provider-profile', ownOverride, globalOverride),
    from('global', ['tools']),
    from('global-provider', globalOverride),
    from('agent', own),
    from('agent-provider', ownOverride),
    conversationLayer(context),
    tables.secondEra ? senderLayer(context, own) : undefined,
  ];
  const runtime = runtimeLayers(context);
  const built = builtTools(context, runtime);
  return [
    ownerLayer(context),
    ...runtime,
    ...configured.map((layer) => layer && (tables.secondEra ? layer : withoutForeignAllow(layer, built, tables))),
    { name: 'sandbox' as const, options: [sandboxLists(model, agent, tables)], applies: sandboxed },
    subagentLayer(context),
  ].filter((layer) => layer !== undefined);
}

/**
 * The tools of the group, or (2026.9.6) of the private chat. A group whose messages go to the main session loses its own:
 * 2026.9.6 looks them up by the session.
 */
function conversationLayer({ model, query, session, tables }: LayerContext): ToolLayer | undefined {
  if ((query.peer?.kind ?? 'direct') === 'direct') return tables.secondEra ? directLayer(model, query) : undefined;
  const layer = groupLayer(model, query);
  if (!layer || !tables.secondEra) return layer;
  return {
    ...layer,
    applies: session.main.known
      ? known(!joinsMain(session), session.main.at, session.main.set)
      : mapFact(session.main, (joins) => !joins),
  };
}

/** Also a thread of the main session has no group in its key. */
function joinsMain(session: SessionPolicy): boolean {
  return session.key.split(':')[2] === 'main';
}

/** `byProvider` of one place: `provider/model` before `provider`. */
function providerPath({ model, query }: LayerContext, base: KeyPath): KeyPath | undefined {
  const provider = query.provider?.trim().toLowerCase();
  if (!provider) return undefined;
  const path = [...base, 'byProvider'];
  const keys = model.settings.keys(...path);
  const modelId = query.modelId?.trim().toLowerCase();
  const full = modelId && (modelId.includes('/') && !model.target.secondEra ? modelId : `${provider}/${modelId}`);
  for (const wanted of [full, provider]) {
    // Of two spellings of one key, 2026.3.7 takes the last and 2026.9.6 the first.
    const spellings = keys.filter((k) => k.trim().toLowerCase() === wanted);
    const key = spellings.at(model.target.secondEra ? 0 : -1);
    if (key !== undefined) return [...path, key];
  }
  return undefined;
}

/** A built-in profile, widened by `alsoAllow`; the agent's own profile and list come first, each for itself. */
function profileLayer(
  { model, tables }: LayerContext,
  name: 'profile' | 'provider-profile',
  own: KeyPath | undefined,
  shared: KeyPath | undefined,
): ToolLayer | undefined {
  const { settings } = model;
  const routes = [own, shared].filter((p) => p !== undefined);
  const path = routes.find((p) => settings.has(...p, 'profile')) ?? shared;
  if (!path) return undefined;
  const profile = settings.string([...path, 'profile'], undefined);
  if (!profile.known) return { name, options: [], gap: { reason: profile.reason, at: profile.at } };
  const { profiles } = tables.tools;
  if (profile.value === undefined || !Object.hasOwn(profiles, profile.value)) return undefined;
  const base: Patterns = {
    items: profiles[profile.value]!.map((text) => ({ text, at: profile.at, set: profile.set })),
    at: profile.at,
    set: profile.set,
  };
  const also = routes.map((p) => readPatterns(settings, [...p, 'alsoAllow'])).find((list) => list !== undefined);
  return plainLayer(name, { allow: joined(base, also), deny: undefined });
}

/** `toolsBySender` of the agent, else of all (2026.9.6). */
function senderLayer({ model, query }: LayerContext, own: KeyPath | undefined): ToolLayer | undefined {
  if (query.channel === undefined) return undefined;
  const { settings } = model;
  const bases: KeyPath[] = [...(own ? [own] : []), ['tools']].map((p) => [...p, 'toolsBySender']);
  const optionsFrom = ([base, ...rest]: readonly KeyPath[]): readonly (Lists | undefined)[] =>
    base
      ? senderEntries(model, base, query).flatMap((path) =>
          path && settings.object(...path) ? [readLists(model, path)] : optionsFrom(rest),
        )
      : [undefined];
  const options = optionsFrom(bases);
  if (options.every((o) => o === undefined)) return undefined;
  return {
    name: 'sender',
    options,
    reason: { reason: 'it depends on the sender', at: keyRef('tools', 'toolsBySender') },
  };
}

function ownerLayer({ owner, tables }: LayerContext): ToolLayer {
  const applies = mapFact(owner, (yes) => !yes);
  const deny: Patterns = {
    items: tables.ownerOnly.map((text) => ({ text, at: owner.at, set: owner.known && owner.set })),
    at: owner.at,
    set: owner.known && owner.set,
  };
  return { name: 'owner-only', options: [{ allow: undefined, deny }], applies };
}

/** Tools that are not built at all: patches that are off or for other models, writing where the workspace is read-only. */
function runtimeLayers(context: LayerContext): readonly ToolLayer[] {
  const { model, sandboxed, workspaceAccess } = context;
  const layers: ToolLayer[] = [];
  const patches = patchesOn(context);
  const off = (names: readonly string[], fact: Fact<boolean>): ToolLayer => {
    const set = fact.known && fact.set;
    const deny: Patterns = { items: names.map((text) => ({ text, at: fact.at, set })), at: fact.at, set };
    return { name: 'runtime', options: [{ allow: undefined, deny }], applies: mapFact(fact, (on) => !on) };
  };
  layers.push(off(['apply_patch'], patches));
  const readOnly = allOf(
    sandboxed,
    mapFact(workspaceAccess, (access) => access === 'ro'),
  );
  layers.push(
    off(
      ['write', 'edit', 'apply_patch'],
      mapFact(readOnly, (yes) => !yes),
    ),
  );
  for (const [tool, path] of WEB_SWITCHES) {
    const on = model.settings.boolean(path, true);
    layers.push(off([tool], on));
  }
  return layers;
}

const WEB_SWITCHES: readonly (readonly [string, KeyPath])[] = [
  ['web_search', ['tools', 'web', 'search', 'enabled']],
  ['web_fetch', ['tools', 'web', 'fetch', 'enabled']],
];

/** `tools.exec.applyPatch`: off unless enabled, and for OpenAI only, in 2026.3.7; on unless disabled in 2026.9.6. */
function patchesOn({ model, agent, query, tables }: LayerContext): Fact<boolean> {
  const { settings } = model;
  const routes: KeyPath[] = [...(agent?.path ? [[...agent.path, 'tools', 'exec']] : []), ['tools', 'exec']];
  const path = [...(routes.find((r) => settings.has(...r, 'applyPatch')) ?? ['tools', 'exec']), 'applyPatch'];
  const enabled = settings.boolean([...path, 'enabled'], tables.secondEra);
  if (!enabled.known || !enabled.value) return enabled;
  const provider = query.provider?.trim().toLowerCase();
  if (!tables.secondEra) {
    if (provider === undefined) return unknownFact('it is there for models of OpenAI only', enabled.at);
    if (provider !== 'openai' && provider !== 'openai-codex') return known(false, enabled.at, enabled.set);
  }
  const models = settings.strings([...path, 'allowModels']);
  if (!models.known) return models;
  if (!models.value || models.value.length === 0) return enabled;
  const id = query.modelId?.trim().toLowerCase();
  if (id === undefined) return unknownFact('it is there for some models only', models.at);
  const full = provider && !id.includes('/') ? `${provider}/${id}` : id;
  return known(
    models.value.some((m) => m.toLowerCase() === id || m.toLowerCase() === full),
    models.at,
  );
}

/** Names that 2026.3.7 takes for tools of its own when it looks through an allow list: those it has built. */
function builtTools({ tables, owner }: LayerContext, runtime: readonly ToolLayer[]): readonly string[] {
  const withheld = owner.known && owner.value ? [] : tables.ownerOnly;
  const off = runtime
    .filter((layer) => layer.applies?.known && layer.applies.value)
    .flatMap((layer) => layer.options.flatMap((lists) => lists?.deny?.items.map((item) => item.text) ?? []));
  return coreTools(tables).filter((t) => !tables.pluginTools.includes(t) && !withheld.includes(t) && !off.includes(t));
}

/**
 * 2026.3.7 drops an allow list that names none of its own tools, so that plugins alone can be listed; a pattern such as
 * `web_*` names none either.
 */
function withoutForeignAllow(layer: ToolLayer, built: readonly string[], tables: PolicyTables): ToolLayer {
  const options = layer.options.map((lists) => {
    const allow = lists?.allow;
    if (!lists || !allow || allow.gap || allow.items.length === 0) return lists;
    const names = allow.items.flatMap((item) => expandPattern(item.text, tables));
    return names.some((n) => n === '*' || built.includes(n)) ? lists : { ...lists, allow: undefined };
  });
  return { ...layer, options };
}

/** What a sub-agent lacks, by depth: the built-in denials and `tools.subagents.tools`. */
function subagentLayer({ model, query, tables, maxSpawnDepth }: LayerContext): ToolLayer | undefined {
  const depth = query.subagent ?? 0;
  if (depth <= 0) return undefined;
  const base: KeyPath = ['tools', 'subagents', 'tools'];
  const at = keyRef(...base, 'deny');
  const { deny, leafDeny, allowLifts } = tables.subagents;
  const allow = readPatterns(model.settings, [...base, 'allow']);
  const also = readPatterns(model.settings, [...base, 'alsoAllow']);
  const lifted = allowLifts
    ? [...(allow?.items ?? []), ...(also?.items ?? [])].map((item) => expandPattern(item.text, tables).join())
    : [];
  const written = readPatterns(model.settings, [...base, 'deny']);
  const own = (names: readonly string[]) =>
    joined(
      builtIn(
        names.filter((n) => !lifted.includes(n)),
        at,
      ),
      written,
    );
  // Without an allow list `alsoAllow` does not make one.
  const effective = allow && joined(allow, also);
  const lists = (leaf: boolean): Lists => ({ allow: effective, deny: own(leaf ? [...deny, ...leafDeny] : deny) });
  if (maxSpawnDepth.known) return { name: 'subagent', options: [lists(depth >= maxSpawnDepth.value)] };
  return {
    name: 'subagent',
    options: [lists(true), lists(false)],
    reason: { reason: maxSpawnDepth.reason, at: maxSpawnDepth.at },
  };
}
