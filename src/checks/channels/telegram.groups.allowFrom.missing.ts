import { notApplicable } from '../../core/check.ts';
import { keyRef } from '../../core/ref.ts';
import { nativeCommandsOn } from '../../model/channels/commands.ts';
import { groupCommandsOn, readTelegramGroups, telegramSender } from '../../model/channels/telegram.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.telegram.groups.allowFrom.missing',
  title: 'Nobody is named who may steer the bot in Telegram groups',
  why: 'Every member of the group can then send commands, and whoever adds a member decides who that is.',
  remedy: 'List the people: `openclaw config set channels.telegram.groupAllowFrom \'["<id>"]\'`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: {
    missing: { severity: 'critical', text: 'Telegram groups are {state}, and no list names their senders{skills}.' },
  },
  *run({ liveAccounts, settings }, hit) {
    const telegram = liveAccounts.filter((a) => a.channel === 'telegram');
    if (telegram.length === 0) return yield notApplicable('Telegram is not configured');
    for (const account of telegram) {
      const groups = readTelegramGroups(settings, account);
      if (!groupCommandsOn(settings, groups)) continue;
      const paired = account.paired.some((e) => telegramSender(e) !== '*');
      const star = [...groups.groupAllowFrom.map((e) => e.text), ...account.paired].some(
        (e) => telegramSender(e) === '*',
      );
      if (star || paired || groups.groupAllowFrom.length > 0 || groups.perGroup.length > 0) continue;
      yield hit('missing', {
        at: keyRef(...account.path, 'groupAllowFrom'),
        also: [keyRef(...groups.groupsPath)],
        args: {
          state: account.groupPolicy?.value === 'open' ? 'open' : 'listed',
          skills: nativeCommandsOn(settings, account, 'nativeSkills') ? '; skills can be started there by command' : '',
        },
      });
    }
  },
});
