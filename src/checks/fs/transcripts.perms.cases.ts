import { cases } from '../../core/cases.ts';
import type { LooseGroup } from '../../core/snapshot.ts';

const walk = (...loose: LooseGroup[]) => ({
  config: '{}',
  snapshot: { files: { named: [], loose, walked: 10, model: 'posix' as const } },
});
const group = (role: LooseGroup['role'], access: LooseGroup['access']): LooseGroup => ({
  role,
  agent: 'main',
  access,
  count: 3313,
  examples: ['/home/u/.openclaw/agents/main/sessions/a.jsonl'],
});

export default cases('fs.transcripts.perms', {
  fail: [
    {
      name: 'thousands of readable transcripts',
      ...walk(group('transcript', 'group-read')),
      expect: [{ variant: 'loose', at: '~state/agents/main/sessions/a.jsonl' }],
    },
  ],
  pass: [{ name: 'all private', ...walk() }],
  near: [{ name: 'other loose files', ...walk(group('other', 'world-read')) }],
});
