import { notApplicable } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.<provider>.disabled_but_open',
  title: '{provider} is off now and would be open if switched on',
  why: 'Nobody gets in today; the day somebody enables the channel again, strangers do.',
  remedy: 'Run `openclaw config set {key} {safe}` before it is used again.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { sleeping: { severity: 'info', text: 'The channel or account is disabled; {key} is "open".' } },
  *run({ channelAccounts }, hit) {
    if (channelAccounts.length === 0) return yield notApplicable('no channel is configured');
    for (const account of channelAccounts) {
      if (account.enabled) continue;
      for (const [policy, safe] of [
        [account.dmPolicy, 'pairing'],
        [account.groupPolicy, 'allowlist'],
      ] as const)
        if (policy?.value === 'open')
          yield hit('sleeping', { at: policy, args: { provider: account.channel, key: formatRef(policy.at), safe } });
    }
  },
});
