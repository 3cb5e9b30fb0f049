import { notApplicable } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import { wildcardSenderLists } from '../../model/channels/lists.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.<provider>.groups.wildcard_senders',
  title: 'A list of senders on {provider} holds a star',
  why: 'The list looks like a limit and is none: every member of that place counts as listed.',
  remedy: 'List the people instead of "*" in {key}.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: { star: { severity: 'warn', text: '{key} holds "*".' } },
  *run({ liveAccounts, settings }, hit) {
    if (liveAccounts.length === 0) return yield notApplicable('no channel is configured');
    for (const account of liveAccounts)
      for (const at of wildcardSenderLists(settings, account))
        yield hit('star', { at, args: { provider: account.channel, key: formatRef(at) } });
  },
});
