import { notApplicable } from '../../core/check.ts';
import { fileRef, formatRef, type Ref } from '../../core/ref.ts';
import { visible } from '../../core/text.ts';
import { groupCommandsOn, isInvalidTelegramSender, readTelegramGroups } from '../../model/channels/telegram.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.telegram.allowFrom.invalid_entries',
  title: 'Telegram allowlist entries that match nobody',
  why: 'Telegram identifies senders by number; a user name here lets in nobody, and the list says otherwise.',
  remedy: 'Replace each by the numeric id, which the bot shows in `openclaw logs` when the person writes.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: { invalid: { severity: 'warn', text: '{entries}.' } },
  *run({ liveAccounts, settings, snapshot, target }, hit) {
    const telegram = liveAccounts.filter((a) => a.channel === 'telegram');
    if (telegram.length === 0) return yield notApplicable('Telegram is not configured');
    for (const account of telegram) {
      const groups = readTelegramGroups(settings, account);
      // 2026.3.7 looks only where group commands are possible.
      if (!target.secondEra && !groupCommandsOn(settings, groups)) continue;
      const entries: { text: string; at: Ref }[] = [...groups.groupAllowFrom, ...groups.senders, ...groups.perGroup];
      for (const store of snapshot.pairing)
        if (store.channel === 'telegram' && store.account === account.id)
          entries.push(...store.entries.map((text) => ({ text, at: fileRef(store.path) })));
      const bad = entries.filter((e) => isInvalidTelegramSender(e.text));
      const first = bad[0];
      if (first)
        yield hit('invalid', {
          at: first,
          also: bad.slice(1),
          args: { entries: bad.map((e) => `"${visible(e.text, 60)}" in ${formatRef(e.at)}`) },
        });
    }
  },
});
