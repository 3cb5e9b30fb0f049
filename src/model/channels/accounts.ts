import type { Value } from '../../config/value.ts';
import { type KeyPath, keyRef, type Ref } from '../../core/ref.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Settings } from '../settings.ts';
import { normalizeIdentity } from './identity.ts';
import type { ChannelSpec, Requirement } from './spec.ts';
import { CHANNEL_SPECS } from './specs.ts';

/** A setting that was found, and where. */
export interface Found<T> {
  readonly value: T;
  readonly at: Ref;
  readonly path: KeyPath;
}

/** One account of one channel, after inheritance and defaults. */
export interface ChannelAccount {
  readonly spec: ChannelSpec;
  readonly channel: string;
  /** `default` when the channel has no accounts. */
  readonly id: string;
  /** Where its own settings stand: the account object, else the channel. */
  readonly path: KeyPath;
  readonly at: Ref;
  /** More than one account, or the account is written out. */
  readonly named: boolean;
  readonly enabled: boolean;
  readonly configured: boolean;
  readonly dmPolicy: Found<string> | undefined;
  readonly allowFrom: Found<readonly string[]>;
  readonly groupPolicy: Found<string> | undefined;
  readonly groupAllowFrom: Found<readonly string[]>;
  /** Approved senders on disk. */
  readonly paired: readonly string[];
  /** Why something of it cannot be read. */
  readonly gap?: { readonly reason: string; readonly at: Ref };
}

/** Every account of every channel in the config, in OpenClaw's order; unknown channels are left to the raw checks. */
export function readChannelAccounts(
  settings: Settings,
  snapshot: Snapshot,
  secondEra: boolean,
): readonly ChannelAccount[] {
  return CHANNEL_SPECS.flatMap((spec) => {
    const section = settings.object('channels', spec.id);
    if (!section) return [];
    const ids =
      spec.accounts === 'single'
        ? []
        : settings
            .keys('channels', spec.id, 'accounts')
            .filter((a) => settings.object('channels', spec.id, 'accounts', a));
    const context = { settings, snapshot, spec, secondEra, several: ids.length > 1 };
    if (ids.length === 0) return [readAccount(context, undefined)];
    const own = spec.accounts === 'own' && meets(context, 'default', [['channels', spec.id]], spec.configured);
    return [...(own ? [readAccount(context, undefined)] : []), ...ids.map((id) => readAccount(context, id))];
  });
}

interface Context {
  readonly settings: Settings;
  readonly snapshot: Snapshot;
  readonly spec: ChannelSpec;
  readonly secondEra: boolean;
  readonly several: boolean;
}

function readAccount(context: Context, account: string | undefined): ChannelAccount {
  const { settings, spec, secondEra } = context;
  const base: KeyPath = ['channels', spec.id];
  const own: KeyPath = account === undefined ? base : [...base, 'accounts', account];
  const inherits = account !== undefined && spec.accounts === 'inherit';
  const routes = account === undefined ? [base] : inherits ? [own, base] : [own];
  const filled = secondEra ? undefined : account === undefined ? spec.filled?.channel : spec.filled?.account;
  const id = normalizeAccountId(account ?? 'default');
  let gap: ChannelAccount['gap'];
  const text = (keys: readonly KeyPath[], fill: string | undefined): Found<string> | undefined => {
    for (const route of routes) {
      for (const key of keys) {
        const path = [...route, ...key];
        const fact = settings.string(path, undefined);
        if (!fact.known) gap ??= { reason: fact.reason, at: fact.at };
        else if (fact.value !== undefined) return { value: fact.value, at: fact.at, path };
      }
      // The schema's default in the account hides what the channel says.
      if (route === own && fill !== undefined && keys.length > 0)
        return { value: fill, at: keyRef(...route, ...keys[0]!), path: [...route, ...keys[0]!] };
    }
    return undefined;
  };
  const list = (keys: readonly KeyPath[]): Found<readonly string[]> => {
    for (const route of routes) {
      for (const key of keys) {
        const path = [...route, ...key];
        const value = settings.value(...path);
        if (!value) continue;
        const entries = listEntries(value);
        if (entries) return { value: entries, at: keyRef(...path), path };
        gap ??= { reason: 'expected a list', at: keyRef(...path) };
      }
    }
    const path = [...own, ...(keys[0] ?? ['allowFrom'])];
    return { value: [], at: keyRef(...path), path };
  };
  const dmPolicy =
    text(spec.dmPolicy, filled?.dmPolicy) ??
    (spec.dmPolicy.length > 0
      ? { value: spec.dmPolicyDefault, at: keyRef(...own, ...spec.dmPolicy[0]!), path: [...own, ...spec.dmPolicy[0]!] }
      : undefined);
  return {
    spec,
    channel: spec.id,
    id,
    path: own,
    at: keyRef(...own),
    named: account !== undefined,
    enabled: isEnabled(settings, spec, base, account === undefined ? undefined : own),
    configured: meets(context, id, routes, spec.configured),
    dmPolicy,
    allowFrom: list(spec.allowFrom),
    groupPolicy: readGroupPolicy(settings, spec, own, text([['groupPolicy']], filled?.groupPolicy)),
    groupAllowFrom: list([['groupAllowFrom']]),
    paired: readPaired(context.snapshot, spec.id, id),
    ...(gap ? { gap } : {}),
  };
}

function readGroupPolicy(
  settings: Settings,
  spec: ChannelSpec,
  own: KeyPath,
  written: Found<string> | undefined,
): Found<string> | undefined {
  if (spec.groupPolicyDefault === undefined) return undefined;
  if (written) return written;
  const path: KeyPath = ['channels', 'defaults', 'groupPolicy'];
  const shared = settings.string(path, undefined);
  if (shared.known && shared.value) return { value: shared.value, at: shared.at, path };
  const at = [...own, 'groupPolicy'];
  return { value: spec.groupPolicyDefault, at: keyRef(...at), path: at };
}

/** Strings and numbers of a list, or of a comma-separated string. */
function listEntries(value: Value): string[] | undefined {
  if (value.kind === 'string')
    return value.value
      .split(',')
      .map((s) => s.trim())
      .filter(Boolean);
  if (value.kind !== 'array') return undefined;
  return value.items
    .flatMap((v) => (v.kind === 'string' || v.kind === 'number' ? [String(v.value).trim()] : []))
    .filter(Boolean);
}

/** Trimmed, lower case, other characters as dashes; names of object internals mean `default` (OpenClaw 2026.3.7). */
export function normalizeAccountId(id: string): string {
  const slug = id
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64);
  return slug === '' || slug === '__proto__' || slug === 'constructor' || slug === 'prototype' ? 'default' : slug;
}

function isEnabled(settings: Settings, spec: ChannelSpec, base: KeyPath, own: KeyPath | undefined): boolean {
  const off = (path: KeyPath) => settings.boolean([...path, 'enabled'], true).value === false;
  // A channel is a plugin too, and goes when plugins go.
  if (off(['plugins']) || off(['plugins', 'entries', spec.id])) return false;
  if (settings.strings(['plugins', 'deny']).value?.includes(spec.id)) return false;
  if (off(base)) return false;
  // The older switch of the WhatsApp web session.
  if (spec.id === 'whatsapp' && settings.boolean(['web', 'enabled'], true).value === false) return false;
  if (!own) return true;
  if (spec.accounts === 'own') return settings.boolean([...own, 'enabled'], false).value === true;
  return !off(own);
}

function meets(context: Context, account: string, routes: readonly KeyPath[], need: Requirement): boolean {
  if ('any' in need) return need.any.some((n) => meets(context, account, routes, n));
  if ('all' in need) return need.all.every((n) => meets(context, account, routes, n));
  const { settings, snapshot } = context;
  if ('file' in need) {
    const path = need.file
      .replace('{creds}', snapshot.home.credentialsDir)
      .replace('{state}', snapshot.home.stateDir)
      .replace('{account}', account);
    return snapshot.files.named.some((f) => f.path === path && f.kind === 'file' && (f.size ?? 2) > 1);
  }
  for (const route of routes) {
    const value = settings.value(...route, need.key);
    if (!value) continue;
    // A token of its own that is blank switches the account off instead of falling back.
    return value.kind === 'string' ? value.value.trim() !== '' : value.kind !== 'null';
  }
  if (account !== 'default' || need.env === undefined) return false;
  const fact = snapshot.env.vars[need.env];
  return fact !== undefined && (fact.secret ? fact.secret.placeholder !== 'empty' : (fact.value ?? '').trim() !== '');
}

function readPaired(snapshot: Snapshot, channel: string, account: string): readonly string[] {
  const stores = snapshot.pairing.filter((p) => p.channel === channel && normalizeAccountId(p.account) === account);
  return [...new Set(stores.flatMap((s) => s.entries))];
}

/** The senders who may write to an account: written and paired ones, each once; `*` aside. */
export function distinctSenders(account: ChannelAccount): readonly string[] {
  const rule = account.spec.identity;
  const all = [...account.allowFrom.value, ...account.paired].filter((e) => e.trim() !== '*');
  return [...new Set(all.map((e) => normalizeIdentity(e, rule)).filter((e) => e !== ''))];
}

/** True when the allowlist lets everybody in. */
export function allowsEverybody(account: ChannelAccount): boolean {
  return account.allowFrom.value.some((e) => e.trim() === '*');
}
