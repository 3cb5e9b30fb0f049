import { cases } from '../../core/cases.ts';
import { scanned } from '../_families/scanned.ts';

export default cases('skills.code_safety.scan_failed', {
  fail: [
    {
      name: 'a file that is closed',
      snapshot: scanned('skill', { verdict: 'incomplete', failures: [{ what: 'x.js', reason: 'permission denied' }] }),
      expect: [{ variant: 'unread', at: '/home/u/.openclaw/workspace/skills/acme', severity: 'warn' }],
    },
    {
      name: 'nothing of it was scanned',
      snapshot: {
        code: scanned('skill', { failures: [{ what: '.', reason: 'it took too long' }] }).code!.map(
          ({ verdict: _, ...rest }) => rest,
        ),
      },
      expect: [{ variant: 'unread' }],
    },
  ],
  pass: [{ name: 'read whole', snapshot: scanned('skill', {}) }],
  near: [
    {
      name: 'a bound of the scan itself',
      snapshot: scanned('skill', { verdict: 'incomplete', limits: ['too many files'] }),
    },
  ],
});
