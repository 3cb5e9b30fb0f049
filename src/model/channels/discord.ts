import { type KeyPath, keyRef, type Ref } from '../../core/ref.ts';
import type { Settings } from '../settings.ts';
import type { ChannelAccount } from './accounts.ts';
import { nativeCommandsOn } from './commands.ts';
import { entriesAt } from './lists.ts';

/** What decides who may use Discord slash commands. */
export interface DiscordCommands {
  readonly account: ChannelAccount;
  readonly guilds: readonly string[];
  readonly guildsPath: KeyPath;
  /** Some guild, or a channel of one, lists its users. */
  readonly anyUsers: boolean;
  /** Somebody is an owner: listed or paired. */
  readonly hasOwner: boolean;
}

/** Accounts with slash commands on, groups not disabled and at least one guild (OpenClaw 2026.3.7 and 2026.9.6). */
export function readDiscordCommands(
  settings: Settings,
  accounts: readonly ChannelAccount[],
): readonly DiscordCommands[] {
  const out: DiscordCommands[] = [];
  for (const account of accounts) {
    if (account.channel !== 'discord' || account.groupPolicy?.value === 'disabled') continue;
    const on = nativeCommandsOn(settings, account, 'native') || nativeCommandsOn(settings, account, 'nativeSkills');
    const guildsPath = pathOf(settings, account, 'guilds');
    const guilds = settings.keys(...guildsPath);
    if (!on || guilds.length === 0) continue;
    out.push({
      account,
      guilds,
      guildsPath,
      anyUsers: guilds.some((g) =>
        userLists(settings, [...guildsPath, g]).some((l) => entriesAt(settings, l).length > 0),
      ),
      hasOwner: account.allowFrom.value.length > 0 || account.paired.length > 0,
    });
  }
  return out;
}

/** A setting of the account, or of the channel it inherits from. */
function pathOf(settings: Settings, account: ChannelAccount, key: string): KeyPath {
  return settings.has(...account.path, key) ? [...account.path, key] : ['channels', 'discord', key];
}

function userLists(settings: Settings, guild: KeyPath): KeyPath[] {
  return [[...guild, 'users'], ...settings.keys(...guild, 'channels').map((c) => [...guild, 'channels', c, 'users'])];
}

/** A guild or channel that is on the list and lets every member in. */
export interface BroadPlace {
  readonly label: string;
  readonly at: Ref;
}

/** Listed guilds (without channels) and enabled channels that restrict neither users nor roles. */
export function broadDiscordPlaces(settings: Settings, account: ChannelAccount): readonly BroadPlace[] {
  const root = pathOf(settings, account, 'guilds');
  const broad = (path: KeyPath): boolean => {
    const lists = ['users', 'roles'].map((k) => entriesAt(settings, [...path, k]).map((e) => e.text.trim()));
    return lists.every((l) => l.length === 0) || lists.some((l) => l.includes('*'));
  };
  return settings.keys(...root).flatMap((guild) => {
    const path = [...root, guild];
    const channels = settings.keys(...path, 'channels');
    if (channels.length === 0) return broad(path) ? [{ label: `guild ${guild}`, at: keyRef(...path) }] : [];
    return channels
      .map((c) => ({ label: `channel ${c} of guild ${guild}`, path: [...path, 'channels', c] }))
      .filter((c) => settings.boolean([...c.path, 'enabled'], true).value !== false && broad(c.path) && broad(path))
      .map((c) => ({ label: c.label, at: keyRef(...c.path) }));
  });
}
