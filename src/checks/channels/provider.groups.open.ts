import { notApplicable } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.<provider>.groups.open',
  title: 'The bot answers in every group on {provider}',
  why: 'Anybody who adds the bot to a group, or is in one with it, writes its prompts.',
  remedy: 'Run `openclaw config set {key} allowlist` and list the groups you want.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: {
    open: { severity: 'critical', text: '{key} is {state}.' },
    openNewer: { severity: 'warn', text: '{key} is {state}.' },
  },
  *run({ liveAccounts, target, settings }, hit) {
    if (liveAccounts.length === 0) return yield notApplicable('no channel is configured');
    for (const account of liveAccounts) {
      const { groupPolicy } = account;
      if (groupPolicy?.value !== 'open') continue;
      const written = settings.has(...groupPolicy.path);
      yield hit(target.secondEra ? 'openNewer' : 'open', {
        at: groupPolicy,
        args: {
          provider: account.channel,
          key: formatRef(groupPolicy.at),
          state: written ? '"open"' : 'not set, and open is the default of this channel',
        },
        fixes: [
          {
            title: `Answer only in listed groups on ${account.spec.label}`,
            safety: 'safe',
            ops: [{ op: 'set', key: groupPolicy.path, value: 'allowlist' }],
            sideEffect: `Groups on ${account.spec.label} that are not listed get no answer any more.`,
          },
        ],
      });
    }
  },
});
