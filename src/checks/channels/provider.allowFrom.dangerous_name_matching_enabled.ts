import { notApplicable } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import { nameMatching } from '../../model/channels/lists.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.<provider>.allowFrom.dangerous_name_matching_enabled',
  title: 'Allowlists on {provider} match names that people choose',
  why: 'Whoever takes the name of somebody on the list gets their place in it.',
  remedy: 'List ids instead of names, then `openclaw config set {key} false`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: { on: { severity: 'info', text: '{key} is on{account}.' } },
  *run({ liveAccounts, settings }, hit) {
    if (liveAccounts.length === 0) return yield notApplicable('no channel is configured');
    for (const account of liveAccounts) {
      const flag = nameMatching(settings, account);
      if (!flag.value) continue;
      yield hit('on', {
        at: flag,
        args: {
          provider: account.channel,
          key: formatRef(flag.at),
          account: account.named ? ` (account ${account.id})` : '',
        },
      });
    }
  },
});
