import { notApplicable } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import { allowsEverybody, distinctSenders } from '../../model/channels/accounts.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.<provider>.dm.locked',
  title: 'Nobody is admitted yet to direct messages on {provider}',
  why: 'That is safe; it is said so that nobody wonders why the bot does not answer.',
  remedy: 'Approve somebody with `openclaw pairing approve {provider} <code>`, or name them in {list}.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  appliesTo: { from: '2026.8.1' },
  variants: { locked: { severity: 'info', text: '{key} is "{policy}", {list} is empty and nobody is paired.' } },
  *run({ liveAccounts }, hit) {
    if (liveAccounts.length === 0) return yield notApplicable('no channel is configured');
    for (const account of liveAccounts) {
      const { dmPolicy, allowFrom } = account;
      if (!dmPolicy || dmPolicy.value === 'open' || dmPolicy.value === 'disabled') continue;
      if (allowsEverybody(account) || distinctSenders(account).length > 0) continue;
      yield hit('locked', {
        at: allowFrom,
        also: [dmPolicy],
        args: {
          provider: account.channel,
          key: formatRef(dmPolicy.at),
          policy: dmPolicy.value,
          list: formatRef(allowFrom.at),
        },
      });
    }
  },
});
