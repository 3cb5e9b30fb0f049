import { type KeyPath, keyRef, type Ref } from '../../core/ref.ts';
import type { Settings } from '../settings.ts';
import type { ChannelAccount } from './accounts.ts';
import { isMutableEntry } from './identity.ts';

/** One entry of a list of senders. */
export interface ListEntry {
  readonly text: string;
  readonly path: KeyPath;
  readonly at: Ref;
}

/** Concrete paths below `root` for a pattern whose `*` stands for any key. */
export function expandPattern(settings: Settings, root: KeyPath, pattern: KeyPath): KeyPath[] {
  let paths: KeyPath[] = [root];
  for (const step of pattern)
    paths = paths.flatMap((p) => (step === '*' ? settings.keys(...p).map((k) => [...p, k]) : [[...p, step]]));
  return paths;
}

/** The entries of the list at a path, with their places. */
export function entriesAt(settings: Settings, path: KeyPath): ListEntry[] {
  const list = settings.value(...path);
  if (list?.kind !== 'array') return [];
  return list.items.flatMap((item, i) =>
    item.kind === 'string' || item.kind === 'number'
      ? [{ text: String(item.value), path: [...path, i], at: keyRef(...path, i) }]
      : [],
  );
}

/**
 * Entries of an account that name a sender by something changeable. What an account inherits is reported once, for the
 * channel.
 */
export function mutableEntries(settings: Settings, account: ChannelAccount): readonly ListEntry[] {
  const rule = account.spec.mutable;
  if (!rule) return [];
  return rule.lists
    .flatMap((pattern) => expandPattern(settings, account.path, pattern))
    .flatMap((path) => entriesAt(settings, path))
    .filter((entry) => isMutableEntry(entry.text, rule));
}

/** The effective `dangerouslyAllowNameMatching`: the account's own, else the channel's. */
export function nameMatching(settings: Settings, account: ChannelAccount): { value: boolean; at: Ref } {
  const routes: KeyPath[] = [account.path, ['channels', account.channel]];
  for (const route of routes) {
    const fact = settings.boolean([...route, 'dangerouslyAllowNameMatching'], undefined);
    if (fact.known && fact.value !== undefined) return { value: fact.value, at: fact.at };
  }
  return { value: false, at: keyRef(...account.path, 'dangerouslyAllowNameMatching') };
}

/** Where single groups, topics, guilds, rooms and teams stand below a channel or account. */
const PLACES: readonly KeyPath[] = [
  ['groups', '*'],
  ['groups', '*', 'topics', '*'],
  ['guilds', '*'],
  ['guilds', '*', 'channels', '*'],
  ['channels', '*'],
  ['rooms', '*'],
  ['teams', '*'],
  ['teams', '*', 'channels', '*'],
];

function placesOf(settings: Settings, account: ChannelAccount): KeyPath[] {
  return PLACES.flatMap((pattern) => expandPattern(settings, account.path, pattern)).filter(
    (path) => settings.boolean([...path, 'enabled'], true).value !== false,
  );
}

/** Single places whose own `groupPolicy` is open. */
export function openGroupEntries(settings: Settings, account: ChannelAccount): readonly Ref[] {
  return placesOf(settings, account)
    .map((path) => settings.string([...path, 'groupPolicy'], undefined))
    .filter((fact) => fact.value === 'open')
    .map((fact) => fact.at);
}

/** Lists of senders of single places that hold a star. */
export function wildcardSenderLists(settings: Settings, account: ChannelAccount): readonly Ref[] {
  return placesOf(settings, account)
    .flatMap((path) => [
      [...path, 'users'],
      [...path, 'allowFrom'],
    ])
    .filter((path) => entriesAt(settings, path).some((e) => e.text.trim() === '*'))
    .map((path) => keyRef(...path));
}
