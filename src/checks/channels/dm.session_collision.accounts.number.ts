import { notApplicable, unknown } from '../../core/check.ts';
import { sessionCollisions } from '../../model/channels/routing.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.dm.session_collision.<accounts>.<number>',
  title: 'Several people share one conversation with the bot',
  why: 'Each sees what the others told the bot, and can speak for them.',
  remedy:
    'Give each their own: `openclaw config set session.dmScope {scope}`; if they are one person, link them in session.identityLinks.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  appliesTo: { from: '2026.8.1' },
  variants: {
    shared: { severity: 'warn', text: '{count} people write to agent {agent} in one conversation, through {through}.' },
  },
  *run({ liveAccounts, settings, agents }, hit) {
    if (liveAccounts.length === 0) return yield notApplicable('no channel is configured');
    const scope = settings.string(['session', 'dmScope'], 'main');
    if (!scope.known) return yield unknown(scope);
    const collisions = sessionCollisions(settings, agents, liveAccounts, scope.value);
    for (const [i, c] of collisions.entries()) {
      const names = c.accounts.map((a) => `${a.channel}-${a.id}`).sort();
      const several = c.accounts.some((a) => liveAccounts.filter((b) => b.channel === a.channel).length > 1);
      yield hit('shared', {
        at: c.accounts[0]!.allowFrom,
        also: [scope, ...c.accounts.slice(1).map((a) => a.allowFrom)],
        args: {
          accounts: names.join('_'),
          number: i + 1,
          count: c.people.length,
          agent: c.agent,
          through: names,
          scope: several ? 'per-account-channel-peer' : 'per-channel-peer',
        },
      });
    }
  },
});
