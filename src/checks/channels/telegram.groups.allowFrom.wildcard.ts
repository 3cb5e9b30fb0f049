import { notApplicable } from '../../core/check.ts';
import { fileRef } from '../../core/ref.ts';
import { groupCommandsOn, readTelegramGroups, telegramSender } from '../../model/channels/telegram.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.telegram.groups.allowFrom.wildcard',
  title: 'Every member of a Telegram group may steer the bot',
  why: 'A star in the list of senders lets in whoever joins the group, bots and strangers with an invite link included.',
  remedy: 'List the people: `openclaw config set channels.telegram.groupAllowFrom \'["<id>"]\'`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: { everybody: { severity: 'critical', text: 'The senders of Telegram groups include "*" ({place}).' } },
  *run({ liveAccounts, settings, snapshot }, hit) {
    const telegram = liveAccounts.filter((a) => a.channel === 'telegram');
    if (telegram.length === 0) return yield notApplicable('Telegram is not configured');
    for (const account of telegram) {
      const groups = readTelegramGroups(settings, account);
      if (!groupCommandsOn(settings, groups)) continue;
      const star = groups.groupAllowFrom.find((e) => telegramSender(e.text) === '*');
      const store = snapshot.pairing.find(
        (p) => p.channel === 'telegram' && p.account === account.id && p.entries.some((e) => telegramSender(e) === '*'),
      );
      if (star) yield hit('everybody', { at: star, args: { place: 'groupAllowFrom' } });
      else if (store) yield hit('everybody', { at: fileRef(store.path), args: { place: 'approved senders' } });
    }
  },
});
