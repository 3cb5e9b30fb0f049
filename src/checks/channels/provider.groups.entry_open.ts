import { notApplicable } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import { openGroupEntries } from '../../model/channels/lists.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.<provider>.groups.entry_open',
  title: 'A single group on {provider} is open to everybody in it',
  why: 'The channel looks closed, and this one group, topic or team is not: whoever joins it writes prompts.',
  remedy: 'Run `openclaw config set {key} allowlist` and list the people.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: { open: { severity: 'warn', text: '{key} is "open".' } },
  *run({ liveAccounts, settings }, hit) {
    if (liveAccounts.length === 0) return yield notApplicable('no channel is configured');
    for (const account of liveAccounts)
      for (const at of openGroupEntries(settings, account))
        yield hit('open', { at, args: { provider: account.channel, key: formatRef(at) } });
  },
});
