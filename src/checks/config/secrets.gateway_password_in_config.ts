import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'config.secrets.gateway_password_in_config',
  title: 'Gateway password is written in the config',
  why: 'Config files are backed up, synced, shown in chats and committed; the password goes with them.',
  remedy:
    'Put it into OPENCLAW_GATEWAY_PASSWORD where the gateway starts, remove it with `openclaw config unset gateway.auth.password`, and change it, since copies of the file remain.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { plain: { severity: 'warn', text: 'gateway.auth.password holds the password itself.' } },
  *run({ gateway }, hit) {
    const { configured } = gateway.password;
    if (configured.state === 'absent') return yield notApplicable('no password is configured');
    if (configured.state === 'unknown')
      return yield unknown({ known: false, at: configured.at, reason: configured.reason });
    // A variable keeps the value out of the file, whether or not it is set here.
    if (configured.state === 'value' && !configured.byReference) yield hit('plain', { at: configured });
  },
});
