import { keyRef } from '../../core/ref.ts';
import type { Settings } from '../settings.ts';
import type { ChannelAccount } from './accounts.ts';
import { nativeCommandsOn } from './commands.ts';
import { entriesAt } from './lists.ts';

/** A Slack account that takes slash commands, and whether anybody is listed for them. */
export interface SlackCommands {
  readonly account: ChannelAccount;
  readonly at: ReturnType<typeof keyRef>;
  readonly anyUsers: boolean;
  readonly hasOwner: boolean;
}

/** Accounts with native commands, native skills or `slashCommand.enabled` (OpenClaw 2026.3.7). */
export function readSlackCommands(settings: Settings, accounts: readonly ChannelAccount[]): readonly SlackCommands[] {
  return accounts.flatMap((account) => {
    if (account.channel !== 'slack') return [];
    const inherit = (key: string) =>
      settings.has(...account.path, key) ? [...account.path, key] : ['channels', 'slack', key];
    const slash = [...inherit('slashCommand'), 'enabled'];
    const bySlash = settings.boolean(slash, false).value === true;
    const native = nativeCommandsOn(settings, account, 'native') || nativeCommandsOn(settings, account, 'nativeSkills');
    if (!bySlash && !native) return [];
    const channels = inherit('channels');
    return [
      {
        account,
        at: keyRef(...(bySlash ? slash : [...account.path, 'commands'])),
        anyUsers: settings.keys(...channels).some((c) => entriesAt(settings, [...channels, c, 'users']).length > 0),
        hasOwner: account.allowFrom.value.length > 0 || account.paired.length > 0,
      },
    ];
  });
}
