import { cases } from '../../core/cases.ts';

const home = (uid: number, role: 'config' | 'transcript' = 'config') => ({
  config: '{}',
  files: {
    '~state': { role: 'state-dir' as const, kind: 'directory' as const, mode: 0o700, uid: 1000 },
    '~state/openclaw.json': { role, uid },
  },
});

export default cases('fs.owner.foreign', {
  fail: [
    {
      name: 'the config belongs to somebody else',
      ...home(1001),
      expect: [{ variant: 'foreign', at: '~state/openclaw.json' }],
    },
  ],
  pass: [{ name: 'one owner', ...home(1000) }],
  near: [
    { name: 'root owns it', ...home(0) },
    { name: 'a file that decides nothing', ...home(1001, 'transcript') },
  ],
});
