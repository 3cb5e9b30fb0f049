import { notApplicable, unknown } from '../../core/check.ts';
import { readSlackCommands } from '../../model/channels/slack.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.slack.commands.slash.useAccessGroups_off',
  title: 'Everybody in the Slack workspace may use the slash command',
  why: 'With access groups off a slash command is not checked against any list, guests included.',
  remedy: 'Run `openclaw config set commands.useAccessGroups true`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  appliesTo: { before: '2026.8.1' },
  variants: {
    off: {
      severity: 'critical',
      text: 'commands.useAccessGroups is false and account {account} takes slash commands.',
    },
  },
  *run({ liveAccounts, settings }, hit) {
    const commands = readSlackCommands(settings, liveAccounts);
    if (commands.length === 0) return yield notApplicable('no Slack account takes slash commands');
    const groups = settings.boolean(['commands', 'useAccessGroups'], true);
    if (!groups.known) return yield unknown(groups);
    if (groups.value) return;
    for (const c of commands) yield hit('off', { at: groups, also: [c.at], args: { account: c.account.id } });
  },
});
