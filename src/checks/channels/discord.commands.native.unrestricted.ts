import { notApplicable, unknown } from '../../core/check.ts';
import { keyRef } from '../../core/ref.ts';
import { readDiscordCommands } from '../../model/channels/discord.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.discord.commands.native.unrestricted',
  title: 'Every member of a Discord server may use bot commands',
  why: 'Slash commands act without a mention or an allowlist; with access groups off nothing else is asked.',
  remedy: 'Run `openclaw config set commands.useAccessGroups true` and list users in the guild.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  appliesTo: { before: '2026.8.1' },
  variants: {
    open: { severity: 'critical', text: 'commands.useAccessGroups is false, and no guild of {account} lists users.' },
  },
  *run({ liveAccounts, settings }, hit) {
    const groups = settings.boolean(['commands', 'useAccessGroups'], true);
    if (!groups.known) return yield unknown(groups);
    const commands = readDiscordCommands(settings, liveAccounts);
    if (commands.length === 0) return yield notApplicable('no Discord account takes slash commands in a guild');
    if (groups.value) return;
    for (const c of commands)
      if (!c.anyUsers)
        yield hit('open', { at: groups, also: [keyRef(...c.guildsPath)], args: { account: c.account.id } });
  },
});
