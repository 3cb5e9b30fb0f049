import { notApplicable, unknown } from '../../core/check.ts';
import { keyRef } from '../../core/ref.ts';
import { readDiscordCommands } from '../../model/channels/discord.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.discord.commands.native.no_allowlists',
  title: 'Discord slash commands, and nobody who may use them',
  why: 'No owner and no users are listed: the commands are refused for everybody, or open to all after the next change.',
  remedy: 'List yourself: `openclaw config set channels.discord.allowFrom \'["<your id>"]\'`, or users in the guild.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config', 'env'],
  variants: {
    nobody: {
      severity: 'warn',
      text: 'Account {account} has slash commands in {guilds}, and neither an owner nor listed users.',
    },
  },
  *run({ liveAccounts, settings, target }, hit) {
    const groups = settings.boolean(['commands', 'useAccessGroups'], true);
    if (!groups.known) return yield unknown(groups);
    const commands = readDiscordCommands(settings, liveAccounts);
    if (commands.length === 0) return yield notApplicable('no Discord account takes slash commands in a guild');
    if (!groups.value && !target.secondEra) return yield notApplicable('access groups are off');
    for (const c of commands)
      if (!c.anyUsers && !c.hasOwner)
        yield hit('nobody', { at: keyRef(...c.guildsPath), args: { account: c.account.id, guilds: c.guilds } });
  },
});
