import { notApplicable } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'config.include_problem',
  title: 'An included config file is not used as written',
  why: 'OpenClaw refuses the whole config, or a part that you rely on is missing from it.',
  remedy: 'Correct the $include at the place shown, then run `openclaw-security audit` again.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { broken: { severity: 'warn', text: '{file}: {message}.' } },
  *run({ textProblems, settings }, hit) {
    for (const p of textProblems)
      if (p.kind.startsWith('include-')) yield hit('broken', { at: p, args: { file: p.file, message: p.message } });
    if (settings.document.files.length < 2) yield notApplicable('nothing is included');
  },
});
