import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'config.duplicate_key',
  title: 'A config key stands twice',
  why: 'Only the last one counts; who reads the first one believes in a setting that is not in force.',
  remedy: 'Keep one of them, the one you mean.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { twice: { severity: 'warn', text: '{file}: {message}.' } },
  *run({ textProblems }, hit) {
    for (const p of textProblems)
      if (p.kind === 'duplicate-key') yield hit('twice', { at: p, args: { file: p.file, message: p.message } });
  },
});
