import { type KeyPath, keyRef, type Ref } from '../core/ref.ts';
import { hasWildcard, isNonEmpty, type RawScope } from './channels/raw.ts';
import type { Settings } from './settings.ts';

/** A policy that lets people in whom nobody named. */
export interface OpenDoor {
  readonly key: string;
  readonly at: Ref;
}

/** Who may come in through the channels, before any closer look at a single channel. */
export interface Exposure {
  /** Channel and account policies that are open: groups, and in newer versions direct messages too. */
  readonly openInbound: readonly OpenDoor[];
  /** Any `groupPolicy` or `dmPolicy` that is open, at any depth below a channel. */
  readonly openAnywhere: readonly OpenDoor[];
  /** Signs that several people talk to the bot. */
  readonly multiUser: readonly OpenDoor[];
}

const GROUP_KEYS = ['groups', 'guilds', 'channels', 'rooms'];

/** Reads the doors as OpenClaw's exposure checks see them; a disabled channel or account opens none. */
export function readExposure(settings: Settings, scopes: readonly RawScope[], secondEra: boolean): Exposure {
  const live = scopes.filter((s) => !s.disabled);
  const openInbound: OpenDoor[] = [];
  for (const s of live) {
    if (s.groupPolicy === 'open') openInbound.push(door(s.path, 'groupPolicy', s.groupPolicyAt));
    if (secondEra && s.dmPolicy === 'open') openInbound.push(door(s.path, 'dmPolicy', s.dmPolicyAt));
  }
  return {
    openInbound,
    openAnywhere: live.filter((s) => s.account === undefined).flatMap((s) => openBelow(settings, s)),
    multiUser: live.flatMap((s) => signals(settings, s)),
  };
}

function door(path: KeyPath, name: string, at: Ref): OpenDoor {
  return { key: `${path.join('.')}.${name}`, at };
}

function openBelow(settings: Settings, scope: RawScope): OpenDoor[] {
  const out: OpenDoor[] = [];
  const stack: KeyPath[] = [scope.path];
  for (let path = stack.pop(); path && out.length < 1000; path = stack.pop()) {
    if (settings.boolean([...path, 'enabled'], true).value === false) continue;
    const value = settings.value(...path);
    if (value?.kind !== 'object' || path.length > 12) continue;
    for (const [key, { value: child }] of value.entries) {
      if ((key === 'groupPolicy' || key === 'dmPolicy') && child.kind === 'string' && child.value === 'open')
        out.push(door(path, key, keyRef(...path, key)));
      if (child.kind === 'object') stack.push([...path, key]);
    }
  }
  return out;
}

function signals(settings: Settings, s: RawScope): OpenDoor[] {
  const out: OpenDoor[] = [];
  const add = (name: string, at: Ref) => out.push(door(s.path, name, at));
  if (s.groupPolicy === 'open') add('groupPolicy is open', s.groupPolicyAt);
  if (s.groupPolicy === 'allowlist') {
    const key = GROUP_KEYS.find((k) => isNonEmpty(settings.value(...s.path, k)));
    if (key) add(`${key} are named`, keyRef(...s.path, key));
  }
  const flat = settings.value(...s.path, 'dmPolicy');
  if (flat?.kind === 'string' && flat.value === 'open') add('dmPolicy is open', keyRef(...s.path, 'dmPolicy'));
  const nested = settings.value(...s.path, 'dm', 'policy');
  if (nested?.kind === 'string' && nested.value === 'open') add('dm.policy is open', keyRef(...s.path, 'dm', 'policy'));
  for (const list of [['allowFrom'], ['groupAllowFrom'], ['dm', 'allowFrom']])
    if (hasWildcard(settings, [...s.path, ...list])) add(`${list.join('.')} holds "*"`, keyRef(...s.path, ...list));
  return out;
}
