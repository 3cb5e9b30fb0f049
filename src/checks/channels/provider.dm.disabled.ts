import { notApplicable } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.<provider>.dm.disabled',
  title: 'Nobody may write to the bot directly on {provider}',
  why: 'That is safe; it is said so that nobody wonders why direct messages get no answer.',
  remedy: 'Nothing to do, or `openclaw config set {key} pairing` to let people ask.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: { disabled: { severity: 'info', text: '{key} is "disabled".' } },
  *run({ liveAccounts }, hit) {
    if (liveAccounts.length === 0) return yield notApplicable('no channel is configured');
    for (const { dmPolicy, channel } of liveAccounts)
      if (dmPolicy?.value === 'disabled')
        yield hit('disabled', { at: dmPolicy, args: { provider: channel, key: formatRef(dmPolicy.at) } });
  },
});
