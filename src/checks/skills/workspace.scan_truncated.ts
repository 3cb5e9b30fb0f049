import { notApplicable } from '../../core/check.ts';
import { fileRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'skills.workspace.scan_truncated',
  title: 'A workspace has more skills than can be looked at',
  why: 'What lies beyond the limit was not checked; a tree this large is also a way to hide something in it.',
  remedy: 'Move what are no skills out of {path}/skills.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['skills'],
  variants: { truncated: { severity: 'warn', text: 'The walk of {path}/skills stopped after {count} skill files.' } },
  *run({ snapshot }, hit) {
    const { workspaces } = snapshot.skills;
    if (workspaces.length === 0) return yield notApplicable('there is no workspace');
    for (const w of workspaces)
      if (w.truncated)
        yield hit('truncated', { at: fileRef(`${w.path}/skills`), args: { path: w.path, count: w.skillFiles } });
  },
});
