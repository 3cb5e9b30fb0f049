import { cases } from '../../core/cases.ts';
import type { SkillEscape, WorkspaceFacts } from '../../core/snapshot.ts';

const workspace = (escapes: SkillEscape[], more: Partial<WorkspaceFacts> = {}) => ({
  config: '{}',
  snapshot: {
    skills: {
      workspaces: [
        { agent: 'main', path: '/home/u/.openclaw/workspace', escapes, skillFiles: 3, truncated: false, ...more },
      ],
    },
  },
});
const PATH = '/home/u/.openclaw/workspace/skills/x/SKILL.md';

export default cases('skills.workspace.symlink_escape', {
  fail: [
    {
      name: 'a link out',
      ...workspace([{ path: PATH, real: '/srv/shared/SKILL.md', reason: 'outside' }]),
      expect: [{ variant: 'outside', at: '~state/workspace/skills/x/SKILL.md' }],
    },
  ],
  pass: [{ name: 'no link', ...workspace([]) }],
  near: [
    {
      name: 'the whole directory is linked, which is another finding',
      ...workspace([{ path: '/home/u/.openclaw/workspace/skills', real: '/srv/skills', reason: 'root-link' }]),
    },
  ],
});
