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

export default cases('skills.workspace.scan_truncated', {
  fail: [
    {
      name: 'stopped',
      ...workspace([], { truncated: true, skillFiles: 2000 }),
      expect: [{ variant: 'truncated', at: '~state/workspace/skills' }],
    },
  ],
  pass: [{ name: 'all seen', ...workspace([]) }],
  near: [{ name: 'many, and all seen', ...workspace([], { skillFiles: 1999 }) }],
});
