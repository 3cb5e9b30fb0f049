import { notApplicable } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import { visible } from '../../core/text.ts';
import { mutableEntries, nameMatching } from '../../model/channels/lists.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.<provider>.allowFrom.mutable_entries_inert',
  title: 'Allowlist entries on {provider} that match nobody',
  why: 'Names do not count while name matching is off: the people you meant are locked out, and the list says otherwise.',
  remedy: 'Replace each by the id that {provider} shows for the person.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config', 'env'],
  appliesTo: { from: '2026.8.1' },
  variants: { inert: { severity: 'warn', text: '{entries}.' } },
  *run({ liveAccounts, settings }, hit) {
    const minded = liveAccounts.filter((a) => a.spec.mutable && a.channel !== 'discord');
    if (minded.length === 0) return yield notApplicable('no channel with such names is configured');
    for (const account of minded) {
      if (nameMatching(settings, account).value) continue;
      const entries = mutableEntries(settings, account);
      const first = entries[0];
      if (first)
        yield hit('inert', {
          at: first,
          also: entries.slice(1),
          args: {
            provider: account.channel,
            entries: entries.map((e) => `"${visible(e.text, 60)}" in ${formatRef(e.at)}`),
          },
        });
    }
  },
});
