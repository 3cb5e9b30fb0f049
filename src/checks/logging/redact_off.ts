import { unknown } from '../../core/check.ts';
import { setKey } from '../../core/fix.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'logging.redact_off',
  title: 'Secrets are written to the log',
  why: 'Tool arguments and results pass through the log; without redaction tokens and passwords stay there for whoever reads it.',
  remedy: 'Run `openclaw config set logging.redactSensitive tools`, then delete or clean old logs.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  appliesTo: { before: '2026.8.1' },
  variants: { off: { severity: 'warn', text: 'logging.redactSensitive is "off".' } },
  *run({ settings }, hit) {
    const redact = settings.string(['logging', 'redactSensitive'], 'tools');
    if (!redact.known) return yield unknown(redact);
    if (redact.value !== 'off') return;
    yield hit('off', {
      at: redact,
      fixes: [
        {
          title: 'Redact tool details in logs',
          safety: 'safe',
          ops: [setKey(['logging', 'redactSensitive'], 'tools')],
        },
      ],
    });
  },
});
