import type { Model } from '../model.ts';
import { nativeCommandsOn } from './commands.ts';

/** Channels whose commands offered skills in 2026.3.7; newer versions take any channel. */
const FIRST_ERA = ['discord', 'telegram', 'slack'];

/**
 * Configured channels that offer skills as commands. A bot token in the environment configures a channel too, even
 * when the config has no section for it.
 */
export function nativeSkillChannels(model: Model): readonly string[] {
  const { channelAccounts, settings, snapshot, target } = model;
  const out = new Set<string>();
  for (const account of channelAccounts) {
    if (!account.enabled || !account.configured) continue;
    if (!target.secondEra && !FIRST_ERA.includes(account.channel)) continue;
    if (nativeCommandsOn(settings, account, 'nativeSkills')) out.add(account.channel);
  }
  for (const [channel, variable] of [
    ['discord', 'DISCORD_BOT_TOKEN'],
    ['telegram', 'TELEGRAM_BOT_TOKEN'],
  ] as const) {
    const secret = snapshot.env.vars[variable]?.secret;
    if (!secret || secret.placeholder === 'empty' || settings.has('channels', channel)) continue;
    const setting = settings.value('commands', 'nativeSkills');
    if (!(setting?.kind === 'boolean' && setting.value === false)) out.add(channel);
  }
  return [...out];
}
