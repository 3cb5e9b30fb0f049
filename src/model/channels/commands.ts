import type { Settings } from '../settings.ts';
import type { ChannelAccount } from './accounts.ts';

/** Whether slash commands of a kind are on for a channel: own setting, then global, then the channel's automatic one. */
export function nativeCommandsOn(
  settings: Settings,
  account: ChannelAccount,
  kind: 'native' | 'nativeSkills',
): boolean {
  const automatic = account.channel === 'discord' || account.channel === 'telegram';
  for (const path of [
    [...account.path, 'commands', kind],
    ['channels', account.channel, 'commands', kind],
    ['commands', kind],
  ]) {
    const value = settings.value(...path);
    if (value?.kind === 'boolean') return value.value as boolean;
    if (value?.kind === 'string' && value.value === 'auto') return automatic;
  }
  return automatic;
}
