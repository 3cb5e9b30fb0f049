import { notApplicable } from '../../core/check.ts';
import { directMessageAgent } from '../../model/channels/routing.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.<provider>.routing.owner_missing.<account>',
  title: 'No agent is named for direct messages on {provider}',
  why: 'With explicit ownership nobody answers, or whichever agent a later default picks, with tools nobody chose for these people.',
  remedy: 'Add a binding: `openclaw agents bind --agent <id> --bind {provider}:{account}`.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config', 'env'],
  appliesTo: { from: '2026.8.1' },
  variants: {
    missing: {
      severity: 'warn',
      text: 'agents.ownership is "explicit" and no binding covers account {account} of {provider}.',
    },
  },
  *run({ liveAccounts, settings, agents }, hit) {
    if (liveAccounts.length === 0) return yield notApplicable('no channel is configured');
    for (const account of liveAccounts) {
      if (!account.dmPolicy || account.dmPolicy.value === 'disabled') continue;
      if (directMessageAgent(settings, agents, account) === undefined)
        yield hit('missing', { at: account, args: { provider: account.channel, account: account.id } });
    }
  },
});
