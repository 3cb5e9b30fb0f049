import { notApplicable } from '../../core/check.ts';
import { keyRef } from '../../core/ref.ts';
import { normalizeAccountId } from '../../model/channels/accounts.ts';
import { CHANNEL_SPECS } from '../../model/channels/specs.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.<provider>.account.read_only_resolution',
  title: 'An account of {provider} cannot be resolved',
  why: 'OpenClaw looks accounts up by their normal form; settings under another spelling, or of a wrong shape, are not in force, and neither are their limits.',
  remedy: 'Rename the account to "{normal}", or give it an object with its settings.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config'],
  variants: {
    shape: { severity: 'warn', text: 'Account "{account}" is not an object.' },
    spelling: { severity: 'warn', text: 'Account "{account}" is looked up as "{normal}" and not found.' },
  },
  *run({ settings }, hit) {
    let any = false;
    for (const spec of CHANNEL_SPECS) {
      for (const account of settings.keys('channels', spec.id, 'accounts')) {
        any = true;
        const path = ['channels', spec.id, 'accounts', account];
        const normal = normalizeAccountId(account);
        const args = { provider: spec.id, account, normal };
        if (!settings.object(...path)) yield hit('shape', { at: keyRef(...path), args });
        else if (account.trim().toLowerCase() !== normal) yield hit('spelling', { at: keyRef(...path), args });
      }
    }
    if (!any) yield notApplicable('no account is written out');
  },
});
