import { notApplicable, unknown } from '../../core/check.ts';
import { readSlackCommands } from '../../model/channels/slack.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.slack.commands.slash.no_allowlists',
  title: 'A Slack slash command, and nobody who may use it',
  why: 'No owner and no users are listed: the command is refused for everybody, or open to all after the next change.',
  remedy: 'List yourself: `openclaw config set channels.slack.allowFrom \'["U…"]\'`, or users in a channel.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config', 'env'],
  variants: {
    nobody: {
      severity: 'warn',
      text: 'Account {account} takes slash commands and has neither an owner nor listed users.',
    },
  },
  *run({ liveAccounts, settings, target }, hit) {
    const commands = readSlackCommands(settings, liveAccounts);
    if (commands.length === 0) return yield notApplicable('no Slack account takes slash commands');
    const groups = settings.boolean(['commands', 'useAccessGroups'], true);
    if (!groups.known) return yield unknown(groups);
    if (!groups.value && !target.secondEra) return yield notApplicable('access groups are off');
    for (const c of commands)
      if (!c.anyUsers && !c.hasOwner) yield hit('nobody', { at: c.at, args: { account: c.account.id } });
  },
});
