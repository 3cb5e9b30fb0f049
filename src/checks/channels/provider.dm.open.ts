import { notApplicable } from '../../core/check.ts';
import { setKey } from '../../core/fix.ts';
import { formatRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.<provider>.dm.open',
  title: 'Anybody on {provider} may write to the bot',
  why: 'A message is a prompt: strangers then drive the agent with whatever tools it has.',
  remedy: 'Let people ask first: `openclaw config set {key} pairing`, and take `*` out of the list of senders.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: { open: { severity: 'critical', text: '{key} is "open".' } },
  *run({ liveAccounts }, hit) {
    if (liveAccounts.length === 0) return yield notApplicable('no channel is configured');
    for (const account of liveAccounts) {
      if (account.gap) yield { result: 'unknown', ...account.gap };
      const { dmPolicy, allowFrom } = account;
      if (dmPolicy?.value !== 'open') continue;
      // Under every policy a bare `*` in the list lets everybody in.
      const people = allowFrom.value.filter((entry) => entry.trim() !== '*');
      const narrowed = people.length === allowFrom.value.length ? [] : [setKey(allowFrom.path, people)];
      yield hit('open', {
        at: dmPolicy,
        also: [allowFrom],
        args: { provider: account.channel, key: formatRef(dmPolicy.at) },
        fixes: [
          {
            title: `Let people on ${account.spec.label} ask first`,
            safety: 'unsafe',
            ops: [setKey(dmPolicy.path, 'pairing'), ...narrowed],
            sideEffect: 'People whom you have not approved get a pairing code instead of an answer.',
          },
        ],
      });
    }
  },
});
