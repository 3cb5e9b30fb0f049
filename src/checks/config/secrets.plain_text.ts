import { notApplicable } from '../../core/check.ts';
import { plural } from '../../core/text.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'config.secrets.plain_text',
  title: 'Secrets stand in the config as text',
  why: 'The config is backed up, synced, shown when asking for help and sometimes committed; each secret in it goes along.',
  remedy: 'Move them into environment variables or secret references, and change those that were copied anywhere.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config'],
  variants: { text: { severity: 'info', text: '{count}, for example {keys}.' } },
  *run({ plainSecrets, settings }, hit) {
    if (!settings.document.root) return yield notApplicable('there is no readable config');
    const first = plainSecrets[0];
    if (first)
      yield hit('text', {
        at: first,
        also: plainSecrets.slice(1),
        args: { count: plural(plainSecrets.length, 'secret'), keys: plainSecrets.map((s) => s.key) },
      });
  },
});
