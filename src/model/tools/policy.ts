import type { Fact } from '../../core/fact.ts';
import { known, unknownFact } from '../../core/fact.ts';
import { type KeyPath, keyRef, type Ref } from '../../core/ref.ts';
import { type Agent, type Agents, agentRoutes } from '../agents.ts';
import type { Settings } from '../settings.ts';
import type { ToolTables } from './tables.ts';

/** One list of allowed and denied tools, and where it stands. */
export interface PolicyLayer {
  readonly name: 'profile' | 'global' | 'agent' | 'sandbox' | 'provider';
  /** Undefined: nothing is allowed explicitly, so everything not denied passes. */
  readonly allow: readonly string[] | undefined;
  readonly deny: readonly string[];
  readonly at: Ref;
}

/** Whether a tool passes, and the layer that decided. */
export interface ToolDecision {
  readonly allowed: boolean;
  readonly by?: PolicyLayer;
}

/** The effective tool policy of one agent, or of the defaults. */
export class ToolPolicy {
  readonly layers: readonly PolicyLayer[];
  /** A restrictive built-in profile is in force. */
  readonly profile: string | undefined;
  /** Why the layers may be wrong: an unreadable list or profile. */
  readonly gap: { readonly reason: string; readonly at: Ref } | undefined;
  private readonly tables: ToolTables;

  constructor(
    layers: readonly PolicyLayer[],
    tables: ToolTables,
    profile: string | undefined,
    gap: { reason: string; at: Ref } | undefined,
  ) {
    this.layers = layers;
    this.tables = tables;
    this.profile = profile;
    this.gap = gap;
  }

  /** A tool is available when every layer lets it pass. */
  decide(tool: string): ToolDecision {
    const name = canonicalTool(tool, this.tables);
    for (const layer of this.layers) if (!this.passes(layer, name)) return { allowed: false, by: layer };
    return { allowed: true };
  }

  allows(tool: string): boolean {
    return this.decide(tool).allowed;
  }

  /** Which of these tools are available; unknown while a layer cannot be read. */
  allowed(tools: readonly string[]): Fact<readonly string[]> {
    if (this.gap) return unknownFact(this.gap.reason, this.gap.at);
    return known(
      tools.filter((t) => this.allows(t)),
      this.layers[this.layers.length - 1]?.at ?? keyRef('tools'),
      this.layers.length > 0,
    );
  }

  /** The same policy with one more layer, e.g. of the sandbox or of a model provider. */
  with(...more: readonly (PolicyLayer | undefined)[]): ToolPolicy {
    const extra = more.filter((l): l is PolicyLayer => l !== undefined);
    return extra.length ? new ToolPolicy([...this.layers, ...extra], this.tables, this.profile, this.gap) : this;
  }

  private passes(layer: PolicyLayer, tool: string): boolean {
    if (matchesAny(layer.deny, tool, this.tables)) return false;
    if (!layer.allow || layer.allow.length === 0) return true;
    if (matchesAny(layer.allow, tool, this.tables)) return true;
    return tool === 'apply_patch' && matchesAny(layer.allow, this.tables.impliesApplyPatch, this.tables);
  }
}

/** Trimmed, lower case, aliases resolved. */
export function canonicalTool(name: string, tables: ToolTables): string {
  const lower = name.trim().toLowerCase();
  return Object.hasOwn(tables.aliases, lower) ? tables.aliases[lower]! : lower;
}

/** `*` may stand anywhere in a pattern and is the only wildcard; groups stand for their members. */
function matchesAny(patterns: readonly string[], tool: string, tables: ToolTables): boolean {
  return patterns.some((raw) => {
    const pattern = canonicalTool(raw, tables);
    if (Object.hasOwn(tables.groups, pattern)) return tables.groups[pattern]!.includes(tool);
    if (!pattern.includes('*')) return pattern === tool;
    return globMatches(pattern, tool);
  });
}

/** Linear-time match of a pattern whose only special character is `*`. */
export function globMatches(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const first = parts[0]!;
  const last = parts[parts.length - 1]!;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/**
 * The policy of an agent (undefined: `agents.defaults`): its profile widened by `alsoAllow` as at run time, then the
 * global lists, then its own. Sandbox and provider layers are added by who needs them.
 */
export function readToolPolicy(
  settings: Settings,
  agents: Agents,
  agent: Agent | undefined,
  tables: ToolTables,
): ToolPolicy {
  let gap: { reason: string; at: Ref } | undefined;
  const note = <T>(fact: Fact<T>): T | undefined => {
    if (fact.known) return fact.value;
    gap ??= { reason: fact.reason, at: fact.at };
    return undefined;
  };
  if (agents.gap) gap = { reason: agents.gap, at: keyRef('agents') };
  const own: KeyPath | undefined = agent?.path ? [...agent.path, 'tools'] : undefined;
  const globalPath: KeyPath = ['tools'];
  const profileOf = (path: KeyPath) => note(settings.string([...path, 'profile'], undefined));
  const ownProfile = own ? profileOf(own) : undefined;
  const profile = ownProfile || profileOf(globalPath);
  const profileAt = ownProfile ? keyRef(...own!, 'profile') : keyRef('tools', 'profile');
  const ownAlso = own ? note(settings.strings([...own, 'alsoAllow'])) : undefined;
  const also = ownAlso ?? note(settings.strings(['tools', 'alsoAllow'])) ?? [];

  const layers: PolicyLayer[] = [];
  const base = profile && Object.hasOwn(tables.profiles, profile) ? tables.profiles[profile] : undefined;
  if (base) layers.push({ name: 'profile', allow: [...base, ...also], deny: [], at: profileAt });
  const lists = (name: PolicyLayer['name'], path: KeyPath) => {
    const layer = readLists(settings, name, path, note);
    if (layer) layers.push(layer);
  };
  lists('global', globalPath);
  if (own) lists('agent', own);
  return new ToolPolicy(layers, tables, base ? profile : undefined, gap);
}

/** `allow`, `alsoAllow` and `deny` of one scope; undefined when none is written. */
export function readLists(
  settings: Settings,
  name: PolicyLayer['name'],
  path: KeyPath,
  note: <T>(fact: Fact<T>) => T | undefined,
): PolicyLayer | undefined {
  const allow = note(settings.strings([...path, 'allow']));
  const also = note(settings.strings([...path, 'alsoAllow'])) ?? [];
  const deny = note(settings.strings([...path, 'deny']));
  if (!allow && also.length === 0 && !deny) return undefined;
  let effective: readonly string[] | undefined = allow;
  if (also.length > 0) effective = [...(allow?.length ? allow : ['*']), ...also];
  const key = allow ? 'allow' : deny ? 'deny' : 'alsoAllow';
  return { name, allow: effective, deny: deny ?? [], at: keyRef(...path, key) };
}

/** The tool policy inside the sandbox: the agent's, else the global one, else OpenClaw's own lists. */
export function readSandboxToolLayer(settings: Settings, agent: Agent | undefined, tables: ToolTables): PolicyLayer {
  const routes: KeyPath[] = [
    ...(agent?.path ? [[...agent.path, 'tools', 'sandbox', 'tools']] : []),
    ['tools', 'sandbox', 'tools'],
  ];
  const pick = (key: string): { list: readonly string[]; at: Ref } | undefined => {
    for (const route of routes) {
      const fact = settings.strings([...route, key]);
      if (fact.known && fact.value) return { list: fact.value, at: fact.at };
    }
    return undefined;
  };
  const allow = pick('allow');
  const deny = pick('deny');
  const image = tables.sandboxDefaults.allow.includes('image') ? 'image' : 'view_image';
  const denied = deny?.list ?? tables.sandboxDefaults.deny;
  const allowed = allow?.list ?? tables.sandboxDefaults.allow;
  const withImage =
    allowed.length > 0 && !allowed.includes(image) && !denied.includes(image) ? [...allowed, image] : allowed;
  return {
    name: 'sandbox',
    allow: withImage,
    deny: denied,
    at: allow?.at ?? deny?.at ?? keyRef('tools', 'sandbox', 'tools'),
  };
}

/** The first written value along an agent's routes. */
export function agentString<D extends string | undefined>(
  settings: Settings,
  agent: Agent | undefined,
  fallback: D,
  ...steps: string[]
): Fact<string | D> {
  const routes = agentRoutes(agent, ...steps);
  for (const route of routes) if (settings.has(...route)) return settings.string(route, fallback);
  return settings.string(routes[routes.length - 1]!, fallback);
}
