import type { Value } from '../../config/value.ts';
import { type KeyPath, keyRef, type Ref } from '../../core/ref.ts';
import type { Settings } from '../settings.ts';

/** An object under `channels`, or one of its accounts, as written plus the schema's defaults. */
export interface RawScope {
  readonly channel: string;
  readonly account: string | undefined;
  readonly path: KeyPath;
  readonly at: Ref;
  /** `enabled: false` is written here or on the channel above. */
  readonly disabled: boolean;
  readonly groupPolicy: string | undefined;
  readonly groupPolicyAt: Ref;
  readonly dmPolicy: string | undefined;
  readonly dmPolicyAt: Ref;
}

/**
 * Channels whose config schema fills in `groupPolicy: allowlist`, at channel level and in which accounts (OpenClaw
 * 2026.3.7); the others pass through as written.
 */
const GROUP_POLICY_DEFAULT: Readonly<Record<string, 'accounts' | 'channel'>> = {
  telegram: 'accounts',
  whatsapp: 'accounts',
  discord: 'accounts',
  googlechat: 'accounts',
  signal: 'accounts',
  irc: 'accounts',
  imessage: 'accounts',
  bluebubbles: 'accounts',
  slack: 'channel',
  msteams: 'channel',
};

/** Keys under `channels` that are no channel. */
const NOT_A_CHANNEL = new Set(['modelByChannel']);

/** Every channel object and account object, `channels.defaults` included, in config order. */
export function readRawScopes(settings: Settings): readonly RawScope[] {
  const out: RawScope[] = [];
  for (const channel of settings.keys('channels')) {
    if (NOT_A_CHANNEL.has(channel)) continue;
    const path: KeyPath = ['channels', channel];
    if (settings.value(...path)?.kind !== 'object') continue;
    const own = scope(settings, channel, undefined, path, false);
    out.push(own);
    for (const account of settings.keys(...path, 'accounts')) {
      const accountPath: KeyPath = [...path, 'accounts', account];
      if (settings.value(...accountPath)?.kind === 'object')
        out.push(scope(settings, channel, account, accountPath, own.disabled));
    }
  }
  return out;
}

function scope(
  settings: Settings,
  channel: string,
  account: string | undefined,
  path: KeyPath,
  parentDisabled: boolean,
): RawScope {
  const fills = GROUP_POLICY_DEFAULT[channel];
  const filled = fills === 'accounts' || (fills === 'channel' && account === undefined) ? 'allowlist' : undefined;
  const flat = text(settings.value(...path, 'dmPolicy'));
  return {
    channel,
    account,
    path,
    at: keyRef(...path),
    disabled: parentDisabled || settings.boolean([...path, 'enabled'], true).value === false,
    groupPolicy: text(settings.value(...path, 'groupPolicy')) ?? filled,
    groupPolicyAt: keyRef(...path, 'groupPolicy'),
    dmPolicy: flat ?? text(settings.value(...path, 'dm', 'policy')),
    dmPolicyAt: flat === undefined ? keyRef(...path, 'dm', 'policy') : keyRef(...path, 'dmPolicy'),
  };
}

function text(value: Value | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined;
}

/** A list entry that is exactly `*` after trimming. */
export function hasWildcard(settings: Settings, path: KeyPath): boolean {
  const list = settings.value(...path);
  return list?.kind === 'array' && list.items.some((v) => v.kind === 'string' && v.value.trim() === '*');
}

/** An object with a key or a list with an item. */
export function isNonEmpty(value: Value | undefined): boolean {
  return value?.kind === 'object' ? value.entries.size > 0 : value?.kind === 'array' && value.items.length > 0;
}
