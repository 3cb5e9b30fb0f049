import { notApplicable } from '../../core/check.ts';
import { keyRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.synology-chat.insecure_ssl',
  title: 'Synology Chat is reached without checking its certificate',
  why: 'Anybody on the way can pretend to be the server, read the conversation and write prompts.',
  remedy:
    'Run `openclaw config set channels.synology-chat.allowInsecureSsl false` and give the server a valid certificate.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { off: { severity: 'warn', text: 'allowInsecureSsl is on for account {account}.' } },
  *run({ channelAccounts, settings }, hit) {
    const live = channelAccounts.filter((a) => a.channel === 'synology-chat' && a.enabled);
    if (live.length === 0) return yield notApplicable('Synology Chat is not configured');
    for (const account of live) {
      const own = settings.boolean([...account.path, 'allowInsecureSsl'], undefined);
      const shared = settings.boolean(['channels', 'synology-chat', 'allowInsecureSsl'], false);
      if (own.value ?? shared.value)
        yield hit('off', {
          at: own.value ? own : keyRef('channels', 'synology-chat', 'allowInsecureSsl'),
          args: { account: account.id },
        });
    }
  },
});
