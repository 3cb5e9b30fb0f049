import { notApplicable } from '../../core/check.ts';
import { keyRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.irc.tls_off',
  title: 'IRC runs unencrypted',
  why: 'Everything said to the bot, and its password, can be read and changed on the way.',
  remedy: 'Run `openclaw config set channels.irc.tls true` and use the TLS port of the server.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: { off: { severity: 'warn', text: 'TLS is off for IRC account {account}.' } },
  *run({ liveAccounts, settings, snapshot }, hit) {
    const irc = liveAccounts.filter((a) => a.channel === 'irc');
    if (irc.length === 0) return yield notApplicable('IRC is not configured');
    for (const account of irc) {
      const own = settings.boolean([...account.path, 'tls'], undefined);
      const shared = settings.boolean(['channels', 'irc', 'tls'], undefined);
      const written = own.value ?? shared.value;
      const env = account.id === 'default' ? snapshot.env.vars.IRC_TLS?.value : undefined;
      const byEnv = written === undefined && env !== undefined && !/^(?:true|1|yes|on)$/i.test(env.trim());
      if (written === false || byEnv)
        yield hit('off', {
          at: byEnv ? { kind: 'env', name: 'IRC_TLS' } : own.value === false ? own : keyRef('channels', 'irc', 'tls'),
          args: { account: account.id },
        });
    }
  },
});
