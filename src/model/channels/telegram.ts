import type { KeyPath } from '../../core/ref.ts';
import type { Settings } from '../settings.ts';
import type { ChannelAccount } from './accounts.ts';
import { entriesAt, type ListEntry } from './lists.ts';

/** Who may steer the bot in Telegram groups. */
export interface TelegramGroups {
  readonly account: ChannelAccount;
  readonly groupsPath: KeyPath;
  /** Senders of `groupAllowFrom`, of groups and of topics, in config order. */
  readonly groupAllowFrom: readonly ListEntry[];
  readonly perGroup: readonly ListEntry[];
  readonly senders: readonly ListEntry[];
}

/** The lists of an account; groups are inherited from the channel. */
export function readTelegramGroups(settings: Settings, account: ChannelAccount): TelegramGroups {
  const route = (key: string): KeyPath =>
    settings.has(...account.path, key) ? [...account.path, key] : ['channels', 'telegram', key];
  const groupsPath = route('groups');
  const perGroup = settings.keys(...groupsPath).flatMap((group) => {
    const path = [...groupsPath, group];
    const topics = settings.keys(...path, 'topics').map((t) => [...path, 'topics', t, 'allowFrom']);
    return [[...path, 'allowFrom'], ...topics].flatMap((p) => entriesAt(settings, p));
  });
  return {
    account,
    groupsPath,
    groupAllowFrom: entriesAt(settings, route('groupAllowFrom')),
    perGroup,
    senders: entriesAt(settings, route('allowFrom')),
  };
}

/** True when text commands work in some group: they are on, and groups are open or listed (OpenClaw 2026.3.7). */
export function groupCommandsOn(settings: Settings, groups: TelegramGroups): boolean {
  if (settings.boolean(['commands', 'text'], true).value === false) return false;
  const policy = groups.account.groupPolicy?.value;
  return policy === 'open' || (policy === 'allowlist' && settings.keys(...groups.groupsPath).length > 0);
}

/** An entry without its prefix. */
export function telegramSender(entry: string): string {
  return entry
    .trim()
    .replace(/^(?:telegram|tg):/i, '')
    .trim();
}

/** Neither a numeric id nor a blank nor a star: Telegram never sends such a sender. */
export function isInvalidTelegramSender(entry: string): boolean {
  const sender = telegramSender(entry);
  return sender !== '' && sender !== '*' && !/^-?\d+$/.test(sender);
}
