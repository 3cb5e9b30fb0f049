import { notApplicable } from '../../core/check.ts';
import { fileRef } from '../../core/ref.ts';
import { joinList } from '../../core/text.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'skills.workspace.symlink_escape',
  title: 'A skill of a workspace lies outside of it',
  why: 'What the link leads to is trusted like the workspace, and whoever may write there writes instructions for the agent.',
  remedy:
    'Copy the skill into the workspace instead of linking it: `cp -rL {path} {path}.copy`, then replace the link.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['skills'],
  variants: { outside: { severity: 'warn', text: '{links}.' } },
  *run({ snapshot }, hit) {
    const { workspaces } = snapshot.skills;
    if (workspaces.length === 0) return yield notApplicable('there is no workspace');
    // A linked root is a finding of its own; a link that leads nowhere brings no skill.
    const escapes = workspaces.flatMap((w) => w.escapes).filter((e) => e.reason !== 'root-link');
    const first = escapes[0];
    if (!first) return;
    const unique = [...new Map(escapes.map((e) => [e.path, e])).values()];
    yield hit('outside', {
      at: fileRef(first.path),
      also: unique.slice(1).map((e) => fileRef(e.path)),
      args: {
        links: joinList(
          unique.map((e) => (e.real ? `${e.path} leads to ${e.real}` : `${e.path} cannot be followed`)),
          12,
        ),
        path: first.path,
      },
    });
  },
});
