import { notApplicable } from '../../core/check.ts';
import { nameMatching } from '../../model/channels/lists.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.synology-chat.reply.dangerous_name_matching_enabled',
  title: 'Synology Chat replies go to whoever bears the name',
  why: 'The person is looked up by name; somebody else who takes it receives the answers.',
  remedy: 'Run `openclaw config set channels.synology-chat.dangerouslyAllowNameMatching false`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  appliesTo: { from: '2026.8.1' },
  variants: { on: { severity: 'info', text: 'dangerouslyAllowNameMatching is on for account {account}.' } },
  *run({ channelAccounts, settings }, hit) {
    const live = channelAccounts.filter((a) => a.channel === 'synology-chat' && a.enabled);
    if (live.length === 0) return yield notApplicable('Synology Chat is not configured');
    for (const account of live) {
      const flag = nameMatching(settings, account);
      if (flag.value) yield hit('on', { at: flag, args: { account: account.id } });
    }
  },
});
