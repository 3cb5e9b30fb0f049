import { cases } from '../../core/cases.ts';
import { scanned } from '../_families/scanned.ts';

export default cases('plugins.code_safety.scan_failed', {
  fail: [
    {
      name: 'a file that is closed',
      snapshot: scanned('plugin', { verdict: 'incomplete', failures: [{ what: 'x.js', reason: 'permission denied' }] }),
      expect: [{ variant: 'unread', at: '/home/u/.openclaw/extensions/acme', severity: 'warn' }],
    },
    {
      name: 'nothing of it was scanned',
      snapshot: {
        code: scanned('plugin', { failures: [{ what: '.', reason: 'it took too long' }] }).code!.map(
          ({ verdict: _, ...rest }) => rest,
        ),
      },
      expect: [{ variant: 'unread' }],
    },
  ],
  pass: [{ name: 'read whole', snapshot: scanned('plugin', {}) }],
  near: [
    {
      name: 'a bound of the scan itself',
      snapshot: scanned('plugin', { verdict: 'incomplete', limits: ['too many files'] }),
    },
  ],
});
