import { notApplicable } from '../../core/check.ts';
import { keyRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.irc.nickserv_register',
  title: 'The bot registers its IRC nick again and again',
  why: 'Registration is meant for once; left on, it sends the password to whoever plays NickServ, also after a network split.',
  remedy: 'Run `openclaw config set channels.irc.nickserv.register false` once the nick is registered.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: {
    on: { severity: 'warn', text: 'nickserv.register is on for IRC account {account}.' },
    useless: {
      severity: 'warn',
      text: 'nickserv.register is on for IRC account {account}, and no NickServ password is set.',
    },
  },
  *run({ liveAccounts, settings, snapshot }, hit) {
    const irc = liveAccounts.filter((a) => a.channel === 'irc');
    if (irc.length === 0) return yield notApplicable('IRC is not configured');
    for (const account of irc) {
      const root = settings.has(...account.path, 'nickserv')
        ? [...account.path, 'nickserv']
        : ['channels', 'irc', 'nickserv'];
      if (settings.boolean([...root, 'register'], false).value !== true) continue;
      const password =
        settings.secret(...root, 'password').state !== 'absent' ||
        settings.has(...root, 'passwordFile') ||
        (account.id === 'default' && snapshot.env.vars.IRC_NICKSERV_PASSWORD !== undefined);
      yield hit(password ? 'on' : 'useless', { at: keyRef(...root, 'register'), args: { account: account.id } });
    }
  },
});
