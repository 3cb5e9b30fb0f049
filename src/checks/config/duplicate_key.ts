import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'config.duplicate_key',
  title: 'A config key stands twice',
  why: 'Only the last one counts; who reads the first one believes in a setting that is not in force.',
  remedy: 'Keep one of them, the one you mean.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    twice: { severity: 'warn', text: '{file}: {message}.' },
    dropped: {
      severity: 'warn',
      text: '{file}: {message}.',
      title: 'A config key has a name that OpenClaw drops',
      why: 'What stands below it is not in force, whatever it says.',
      remedy: 'Rename the key, or remove it.',
    },
  },
  *run({ textProblems }, hit) {
    for (const p of textProblems)
      if (p.kind === 'duplicate-key' || p.kind === 'prototype-key')
        yield hit(p.kind === 'duplicate-key' ? 'twice' : 'dropped', {
          at: p,
          args: { file: p.file, message: p.message },
        });
  },
});
