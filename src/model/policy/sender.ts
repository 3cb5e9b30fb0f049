import { type Fact, known, unknownFact } from '../../core/fact.ts';
import { type KeyPath, keyRef, type Ref } from '../../core/ref.ts';
import { type ChannelAccount, normalizeAccountId } from '../channels/accounts.ts';
import { normalizeIdentity } from '../channels/identity.ts';
import { channelSpec } from '../channels/specs.ts';
import type { Model } from '../model.ts';
import type { PolicyQuery } from './query.ts';

/** The account a question is about; undefined for a channel that is not configured or that a plugin brings. */
export function queriedAccount(model: Model, query: PolicyQuery): ChannelAccount | undefined {
  const channel = query.channel?.trim().toLowerCase();
  const ours = model.channelAccounts.filter((a) => a.channel === channel);
  const wanted = normalizeAccountId(query.account ?? 'default');
  return ours.find((a) => a.id === wanted) ?? (query.account === undefined ? ours[0] : undefined);
}

/** Spellings of a sender id that lists are compared with. */
export function senderSpellings(channel: string | undefined, id: string): readonly string[] {
  const rule = channel === undefined ? undefined : channelSpec(channel.trim().toLowerCase())?.identity;
  const raw = id.trim().toLowerCase();
  const bare = raw.replace(/^[a-z][a-z0-9-]*:/, '');
  const own = rule ? [normalizeIdentity(id, rule).toLowerCase()] : [];
  return [...new Set([raw, bare, raw.replace(/^@/, ''), ...own])].filter((s) => s !== '');
}

/** True when a list of senders names this one. */
function lists(entries: readonly string[], channel: string | undefined, id: string): boolean {
  const spellings = senderSpellings(channel, id);
  return entries.some((e) => senderSpellings(channel, e).some((s) => spellings.includes(s)));
}

/**
 * Whether the sender counts as an owner, for whom alone some tools exist: who `commands.ownerAllowFrom` lists; in 2026.3.7,
 * while that is empty, everybody whom the account's own closed `allowFrom` lists.
 */
export function senderIsOwner(model: Model, query: PolicyQuery): Fact<boolean> {
  const { settings, target } = model;
  const at = keyRef('commands', 'ownerAllowFrom');
  const sender = query.sender;
  if (query.channel === undefined || sender === undefined || sender.class === 'owner') return known(true, at, false);
  const owners = settings.strings(['commands', 'ownerAllowFrom']);
  if (!owners.known) return owners;
  const written = owners.value ?? [];
  if (!target.secondEra && written.includes('*')) return known(true, at);
  const named = written.filter((e) => e !== '*');
  if (named.length > 0) {
    if (sender.class === 'anyone' && sender.id === undefined) return known(false, at);
    if (sender.id === undefined) return unknownFact('it depends on whether the list of owners has the sender', at);
    return known(lists(named, query.channel, sender.id), at);
  }
  if (target.secondEra || sender.class === 'anyone') return known(false, at, owners.set);
  const account = queriedAccount(model, query);
  if (!account) return unknownFact('the channel is not one whose senders are known', at);
  if (account.gap) return unknownFact(account.gap.reason, account.gap.at);
  const allowed = account.allowFrom;
  const closed = allowed.value.length > 0 && !allowed.value.some((e) => e.trim() === '*');
  if (!closed) return known(false, allowed.at, allowed.value.length > 0);
  if (sender.id !== undefined) return known(lists(allowed.value, query.channel, sender.id), allowed.at);
  const others = account.paired.length > 0 || (query.peer !== undefined && query.peer.kind !== 'direct');
  return others
    ? unknownFact('it depends on whether the account’s own list has the sender', allowed.at)
    : known(true, allowed.at);
}

/** The entry of a `toolsBySender` that holds, or every one that may; undefined where none does. */
export function senderEntries(model: Model, path: KeyPath, query: PolicyQuery): readonly (KeyPath | undefined)[] {
  const { settings } = model;
  const keys = settings.keys(...path);
  const star = keys.find((k) => k.trim() === '*');
  const wildcard: KeyPath | undefined = star === undefined ? undefined : [...path, star];
  // JavaScript puts keys that are whole numbers first, and of several that mean one sender the first counts.
  const number = (key: string) => /^(0|[1-9]\d{0,8})$/.test(key);
  const own = [...keys.filter(number), ...keys.filter((k) => !number(k) && k.trim() !== '*' && k.trim() !== '')];
  const id = query.sender?.id;
  if (id === undefined) {
    // Nobody in particular is nobody that a key names.
    if (own.length === 0 || query.sender?.class === 'anyone') return [wildcard];
    return [wildcard, ...own.map((k) => [...path, k])];
  }
  const spellings = senderSpellings(undefined, id);
  const channel = query.channel?.trim().toLowerCase() ?? '';
  const ranked = own.map((key) => ({ key, ...keyRank(key, spellings, channel, model.target.secondEra) }));
  const exact = ranked.filter((k) => k.names).sort((a, b) => a.rank - b.rank)[0];
  if (exact) return [[...path, exact.key]];
  // Names and numbers of a person are not told by the id.
  const maybe = ranked.filter((k) => k.rank >= TOLD_BY_ID);
  return [wildcard, ...maybe.map((k) => [...path, k.key])];
}

/** What a key may speak of, the first that matches wins (OpenClaw 2026.9.6; `channel` is not there in 2026.3.7). */
const KEY_TYPES = ['channel', 'id', 'e164', 'username', 'name'];
/** From here on, the id of a sender does not tell whether the key means them. */
const TOLD_BY_ID = KEY_TYPES.indexOf('e164');

/** Which property a key speaks of, and whether the sender is known to have it. Keys without a type are ids. */
function keyRank(
  key: string,
  spellings: readonly string[],
  channel: string,
  secondEra: boolean,
): { readonly rank: number; readonly names: boolean } {
  const text = key.trim().toLowerCase();
  const typed = /^(channel|id|e164|username|name):(.*)$/s.exec(text);
  if (!typed || (typed[1] === 'channel' && !secondEra))
    return { rank: KEY_TYPES.indexOf('id'), names: spellings.includes(text.replace(/^@/, '')) };
  const rank = KEY_TYPES.indexOf(typed[1]!);
  const value = typed[2]!.trim();
  if (typed[1] !== 'channel') return { rank, names: spellings.includes(value.replace(/^@/, '')) };
  const colon = value.indexOf(':');
  const here = colon > 0 && value.slice(0, colon).trim() === channel;
  return { rank, names: here && spellings.includes(value.slice(colon + 1).trim()) };
}

/** Whether a list of approved senders has the one who writes. */
export function listAdmits(entries: readonly string[], query: PolicyQuery, at: Ref, set: boolean): Fact<boolean> {
  const sender = query.sender;
  if (entries.some((e) => e === '*')) return known(true, at, set);
  if (entries.length === 0) return known(false, at, set);
  if (sender?.id !== undefined) {
    const byName = entries.filter((e) => /^(name|username|tag):/i.test(e));
    if (
      lists(
        entries.map((e) => e.replace(/^(id|from|e164):/i, '')),
        query.channel,
        sender.id,
      )
    )
      return known(true, at, set);
    return byName.length > 0
      ? unknownFact('the list has names, which the id does not tell', at)
      : known(false, at, set);
  }
  if (sender?.class === 'anyone') return known(false, at, set);
  return unknownFact('it depends on whether the list has the sender', at);
}
