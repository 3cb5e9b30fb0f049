import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'config.unparseable',
  title: 'A config file is not JSON5',
  why: 'OpenClaw does not start with it, or goes on with the last one it could read; what stands here is not what is in force.',
  remedy: 'Correct the place shown in {file}, then run `openclaw-security audit` again.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    syntax: { severity: 'warn', text: '{file}: {message}. Settings after this place were not judged.' },
    shape: { severity: 'warn', text: '{file}: {message}.' },
    unreadable: {
      severity: 'warn',
      text: '{file} {message}. No setting was judged.',
      remedy: 'Make {file} a readable UTF-8 file, then run `openclaw-security audit` again.',
    },
  },
  *run({ textProblems, configUnreadable }, hit) {
    if (configUnreadable)
      yield hit('unreadable', {
        at: configUnreadable,
        args: { file: configUnreadable.file, message: configUnreadable.message },
      });
    for (const p of textProblems) {
      if (p.kind !== 'syntax' && p.kind !== 'not-an-object') continue;
      yield hit(p.kind === 'syntax' ? 'syntax' : 'shape', { at: p, args: { file: p.file, message: p.message } });
    }
  },
});
