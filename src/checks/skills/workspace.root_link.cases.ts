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

export default cases('skills.workspace.root_link', {
  fail: [
    {
      name: 'linked',
      ...workspace([{ path: '/home/u/.openclaw/workspace/skills', real: '/srv/skills', reason: 'root-link' }]),
      expect: [{ variant: 'linked', at: '~state/workspace/skills' }],
    },
  ],
  pass: [{ name: 'a directory', ...workspace([]) }],
  near: [
    {
      name: 'one skill is linked, which is another finding',
      ...workspace([{ path: PATH, real: '/srv/x/SKILL.md', reason: 'outside' }]),
    },
  ],
});
