import { cases } from '../../core/cases.ts';
import type { FileFact } from '../../core/snapshot.ts';

const home = (facts: Partial<FileFact>) => ({
  config: '{}',
  files: { '~home': { role: 'parent-dir' as const, kind: 'directory' as const, uid: 1000, gid: 100, ...facts } },
});

export default cases('fs.parent_dir.writable', {
  fail: [
    {
      name: 'a home directory that everybody may write',
      ...home({ mode: 0o777 }),
      expect: [{ variant: 'loose', at: '~home' }],
    },
    { name: 'writable by a shared group', ...home({ mode: 0o775 }), expect: [{ variant: 'loose' }] },
  ],
  pass: [{ name: 'only the owner writes', ...home({ mode: 0o755 }) }],
  near: [
    { name: 'sticky, as /tmp', ...home({ mode: 0o1777 }) },
    { name: "the user's own private group", ...home({ mode: 0o775, gid: 1000 }) },
  ],
});
