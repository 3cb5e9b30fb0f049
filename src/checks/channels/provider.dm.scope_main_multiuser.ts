import { notApplicable, unknown } from '../../core/check.ts';
import { allowsEverybody, distinctSenders } from '../../model/channels/accounts.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.<provider>.dm.scope_main_multiuser',
  title: 'Several people on {provider} share one conversation',
  why: 'They all speak in the main session: each sees what the others told the bot, and can speak for them.',
  remedy: 'Give each their own: `openclaw config set session.dmScope {scope}`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  appliesTo: { before: '2026.8.1' },
  variants: {
    shared: { severity: 'warn', text: '{people} may write directly, and session.dmScope is "main".' },
  },
  *run({ liveAccounts, channelAccounts, settings }, hit) {
    if (liveAccounts.length === 0) return yield notApplicable('no channel is configured');
    const scope = settings.string(['session', 'dmScope'], 'main');
    if (!scope.known) return yield unknown(scope);
    if (scope.value !== 'main') return;
    const reported = new Set<string>();
    for (const account of liveAccounts) {
      const { dmPolicy, channel } = account;
      if (!dmPolicy || dmPolicy.value === 'disabled' || reported.has(channel)) continue;
      const senders = distinctSenders(account);
      const everybody = allowsEverybody(account);
      if (!everybody && senders.length < 2) continue;
      reported.add(channel);
      const several = channelAccounts.filter((a) => a.channel === channel).length > 1;
      const wanted = several ? 'per-account-channel-peer' : 'per-channel-peer';
      yield hit('shared', {
        at: everybody || account.allowFrom.value.length > 0 ? account.allowFrom : dmPolicy,
        also: [scope],
        args: { provider: channel, people: everybody ? 'Everybody' : `${senders.length} people`, scope: wanted },
        fixes: [
          {
            title: 'Give every sender a conversation of their own',
            safety: 'unsafe',
            ops: [{ op: 'set', key: ['session', 'dmScope'], value: wanted }],
            sideEffect: 'Direct messages no longer continue the main session.',
          },
        ],
      });
    }
  },
});
