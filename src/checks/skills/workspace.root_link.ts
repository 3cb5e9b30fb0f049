import { notApplicable } from '../../core/check.ts';
import { fileRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'skills.workspace.root_link',
  title: 'The skills directory of a workspace leads outside of it',
  why: 'OpenClaw loads skills through the link, and its own check of links stops there: nothing behind it is looked at.',
  remedy: 'Put a directory in the place of {path}, or check who may write to {real}.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['skills'],
  variants: { linked: { severity: 'warn', text: '{path} leads to {real}.' } },
  *run({ snapshot }, hit) {
    const { workspaces } = snapshot.skills;
    if (workspaces.length === 0) return yield notApplicable('there is no workspace');
    for (const { escapes } of workspaces)
      for (const e of escapes)
        if (e.reason === 'root-link')
          yield hit('linked', {
            at: fileRef(e.path),
            args: { path: e.path, real: e.real ?? 'a place that cannot be followed' },
          });
  },
});
