import { notApplicable } from '../../core/check.ts';
import { fileRef, formatRef } from '../../core/ref.ts';
import { visible } from '../../core/text.ts';
import { isMutableEntry } from '../../model/channels/identity.ts';
import { mutableEntries, nameMatching } from '../../model/channels/lists.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.<provider>.allowFrom.name_based_entries',
  title: 'Allowlists on {provider} hold names instead of ids',
  why: 'Names, tags and addresses can be changed or taken over; an entry then lets in somebody else, or nobody.',
  remedy: 'Replace each by the id that {provider} shows for the person.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config', 'env'],
  variants: {
    names: { severity: 'warn', text: '{entries}.' },
    matched: { severity: 'info', text: '{entries}. Name matching is on, so they count as written.' },
  },
  *run({ liveAccounts, settings, snapshot, target }, hit) {
    const minded = liveAccounts.filter((a) => a.spec.mutable);
    if (minded.length === 0) return yield notApplicable('no channel with such names is configured');
    for (const account of minded) {
      const rule = account.spec.mutable!;
      const matching = nameMatching(settings, account);
      // For the other channels 2026.9.6 has an id of its own while name matching is off.
      if (target.secondEra && account.channel !== 'discord' && !matching.value) continue;
      // The channel's own lists count for every account and are shown once, for the channel.
      const written = mutableEntries(settings, account);
      const inherited = account.named && written.length === 0 ? inheritedEntries(settings, account) : [];
      const stored = snapshot.pairing.filter((p) => p.channel === account.channel && p.account === account.id);
      const paired = stored.flatMap((p) =>
        p.entries.filter((e) => isMutableEntry(e, rule)).map((text) => ({ text, at: fileRef(p.path) })),
      );
      const all = [...written, ...inherited, ...paired];
      const first = all[0];
      if (!first) continue;
      yield hit(matching.value ? 'matched' : 'names', {
        at: first,
        also: all.slice(1),
        args: { provider: account.channel, entries: all.map((e) => `"${visible(e.text, 60)}" in ${formatRef(e.at)}`) },
      });
    }
  },
});

function inheritedEntries(
  settings: Parameters<typeof mutableEntries>[0],
  account: Parameters<typeof mutableEntries>[1],
): ReturnType<typeof mutableEntries> {
  const channel = { ...account, path: ['channels', account.channel] };
  return mutableEntries(settings, channel).filter((e) => settings.value(...account.path, e.path[2]!) === undefined);
}
