import { notApplicable } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import { allowsEverybody } from '../../model/channels/accounts.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.<provider>.dm.open_invalid',
  title: 'An open policy on {provider} without the star it needs',
  why: 'OpenClaw refuses the config or treats the policy as it likes; what is in force is not what is written.',
  remedy: 'Decide: `openclaw config set {key} pairing`, or add "*" to {list} if everybody is really meant.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: { inconsistent: { severity: 'warn', text: '{key} is "open" and {list} has no "*".' } },
  *run({ liveAccounts }, hit) {
    if (liveAccounts.length === 0) return yield notApplicable('no channel is configured');
    for (const account of liveAccounts) {
      const { dmPolicy, allowFrom } = account;
      if (dmPolicy?.value !== 'open' || allowsEverybody(account)) continue;
      yield hit('inconsistent', {
        at: dmPolicy,
        also: [allowFrom],
        args: { provider: account.channel, key: formatRef(dmPolicy.at), list: formatRef(allowFrom.at) },
      });
    }
  },
});
