import { type KeyPath, keyRef } from '../../core/ref.ts';
import { normalizeAccountId } from '../channels/accounts.ts';
import type { Model } from '../model.ts';
import type { Lists, ToolLayer } from './layer.ts';
import { readPatterns, widened } from './patterns.ts';
import type { PolicyQuery } from './query.ts';
import { senderEntries } from './sender.ts';

/** Channels that know no groups but rooms below a server or team, and the keys of both. */
const NESTED: Readonly<Record<string, readonly [outer: string, inner: string]>> = {
  discord: ['guilds', 'channels'],
  msteams: ['teams', 'channels'],
};
/** Where other channels keep their groups, when not under `groups`. */
const CONTAINERS: Readonly<Record<string, readonly string[]>> = {
  slack: ['channels'],
  matrix: ['groups', 'rooms'],
  'nextcloud-talk': ['rooms'],
};
/** Channels in which a group with an entry of its own does not fall back on the entry `*`. */
const EXCLUSIVE = new Set(['slack', 'matrix', 'feishu', 'zalouser']);

/**
 * The tools of the group a message comes from: per sender, then for the group, then the same of the entry `*` (or of the
 * server, for channels below one). Private chats have none (OpenClaw 2026.3.7 and 2026.9.6).
 */
export function groupLayer(model: Model, query: PolicyQuery): ToolLayer | undefined {
  const kind = query.peer?.kind ?? 'direct';
  if (query.channel === undefined || kind === 'direct') return undefined;
  const channel = query.channel.trim().toLowerCase();
  const routes = Object.hasOwn(NESTED, channel)
    ? nestedRoutes(model, query, channel)
    : flatRoutes(model, query, channel);
  const options = routes.flatMap((nodes) => nodeOptions(model, nodes, query));
  if (options.every((o) => o === undefined)) return undefined;
  const reason = {
    reason: query.peer?.id === undefined ? 'it depends on the group' : 'it depends on the sender',
    at: keyRef('channels', channel),
  };
  return { name: 'group', options, reason };
}

/**
 * The tools of a private chat: `channels.telegram.direct`, the entry of the person or else `*` (OpenClaw 2026.9.6; 2026.3.7
 * accepts the key and does not read it).
 */
export function directLayer(model: Model, query: PolicyQuery): ToolLayer | undefined {
  if (query.channel?.trim().toLowerCase() !== 'telegram') return undefined;
  const container = containerPath(model, query, 'telegram', ['direct']);
  if (!container) return undefined;
  const keys = model.settings.keys(...container);
  const id = (query.peer?.id ?? query.sender?.id)?.trim();
  const star = keys.includes('*') ? '*' : undefined;
  const named = keys.filter((k) => k !== '*');
  const chosen =
    id === undefined && query.sender?.class !== 'anyone'
      ? [star, ...named]
      : [id !== undefined && named.includes(id) ? id : star];
  const options = chosen.flatMap((key) => nodeOptions(model, key === undefined ? [] : [[...container, key]], query));
  if (options.every((o) => o === undefined)) return undefined;
  return { name: 'group', options, reason: { reason: 'it depends on the sender', at: keyRef(...container) } };
}

/** Each candidate is a list of entries, the nearest first. */
function flatRoutes(model: Model, query: PolicyQuery, channel: string): readonly (readonly KeyPath[])[] {
  const { settings } = model;
  const container = containerPath(model, query, channel, CONTAINERS[channel] ?? ['groups']);
  if (!container) return [[]];
  const keys = settings.keys(...container);
  const star: KeyPath[] = keys.includes('*') ? [[...container, '*']] : [];
  const id = query.peer?.id?.trim();
  if (id === undefined) {
    const own = keys.filter((k) => k !== '*');
    return [star, ...own.map((k) => (EXCLUSIVE.has(channel) ? [[...container, k]] : [[...container, k], ...star]))];
  }
  const key = keys.find((k) => groupSpellings(channel, id).includes(k)) ?? looseKey(channel, keys, id);
  if (key === undefined) return [star];
  const own: KeyPath = [...container, key];
  return [EXCLUSIVE.has(channel) ? [own] : [own, ...star]];
}

/** The object with one entry per group or person: the account's, where it has one. */
function containerPath(
  model: Model,
  query: PolicyQuery,
  channel: string,
  names: readonly string[],
): KeyPath | undefined {
  const account = accountPath(model, query, channel);
  const bases = [...(account ? [account] : []), ['channels', channel]];
  for (const base of bases) for (const name of names) if (model.settings.object(...base, name)) return [...base, name];
  return undefined;
}

/** The written account that is meant; ids are compared in their normal form. */
function accountPath(model: Model, query: PolicyQuery, channel: string): KeyPath | undefined {
  const accounts = ['channels', channel, 'accounts'];
  const wanted = normalizeAccountId(query.account ?? 'default');
  const key = model.settings.keys(...accounts).find((k) => normalizeAccountId(k) === wanted);
  return key === undefined ? undefined : [...accounts, key];
}

/** Server and room entries; the room first. Only `guilds` and `teams` of the channel itself count. */
function nestedRoutes(model: Model, query: PolicyQuery, channel: string): readonly (readonly KeyPath[])[] {
  const { settings } = model;
  const [outer, inner] = NESTED[channel]!;
  const base: KeyPath = ['channels', channel, outer];
  const servers = settings.keys(...base);
  const asked = (channel === 'discord' ? query.guildId : query.teamId)?.trim();
  const room = query.peer?.id?.trim();
  const below = (server: string): readonly (readonly KeyPath[])[] => {
    const own: KeyPath = [...base, server];
    const rooms = settings.keys(...own, inner);
    if (room === undefined) return [[own], ...rooms.map((r) => [[...own, inner, r], own])];
    const star = channel === 'msteams' && rooms.includes('*') ? '*' : undefined;
    const found = rooms.find((r) => r === room || r === `#${room}`) ?? star;
    return [found === undefined ? [own] : [[...own, inner, found], own]];
  };
  if (asked !== undefined) {
    const server = servers.includes(asked) ? asked : servers.includes('*') ? '*' : undefined;
    return server === undefined ? [[]] : below(server);
  }
  // The id of a room says which server it belongs to, if that is written.
  const holder = room === undefined ? undefined : servers.find((s) => settings.has(...base, s, inner, room));
  if (holder !== undefined) return below(holder);
  return [...(servers.includes('*') ? [] : [[]]), ...servers.flatMap(below)];
}

/** Spellings under which a group may be listed. */
function groupSpellings(channel: string, id: string): readonly string[] {
  const bare = id.replace(/:topic:.*$/s, '');
  const ids = channel === 'line' ? [id, `group:${id}`, `room:${id}`, id.replace(/^(group|room):/, '')] : [id, bare];
  return channel === 'slack' ? [...ids, `#${id}`, id.replace(/^#/, '')] : ids;
}

/** IRC knows no case. */
function looseKey(channel: string, keys: readonly string[], id: string): string | undefined {
  return channel === 'irc' ? keys.find((k) => k !== '*' && k.toLowerCase() === id.toLowerCase()) : undefined;
}

/** The first entry that says anything, per sender before for all. */
function nodeOptions(model: Model, nodes: readonly KeyPath[], query: PolicyQuery): readonly (Lists | undefined)[] {
  const { settings } = model;
  const [node, ...rest] = nodes;
  if (!node) return [undefined];
  const fallback = settings.object(...node, 'tools')
    ? [readLists(model, [...node, 'tools'])]
    : nodeOptions(model, rest, query);
  const senders = senderEntries(model, [...node, 'toolsBySender'], query);
  return senders.flatMap((path) => (path && settings.object(...path) ? [readLists(model, path)] : fallback));
}

/** `allow`, `alsoAllow` and `deny` of one place; undefined when none restricts. */
export function readLists(model: Model, path: KeyPath): Lists | undefined {
  const allow = widened(
    readPatterns(model.settings, [...path, 'allow']),
    readPatterns(model.settings, [...path, 'alsoAllow']),
  );
  const deny = readPatterns(model.settings, [...path, 'deny']);
  return allow || deny ? { allow, deny } : undefined;
}
