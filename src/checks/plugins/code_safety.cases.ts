import { cases } from '../../core/cases.ts';
import { codeFinding, scanned } from '../_families/scanned.ts';

export default cases('plugins.code_safety', {
  fail: [
    {
      name: 'the worst counts',
      snapshot: scanned('plugin', { verdict: 'critical', findings: [codeFinding('critical'), codeFinding('warn')] }),
      expect: [{ variant: 'critical', at: '/home/u/.openclaw/extensions/acme/index.js:3', severity: 'critical' }],
    },
    {
      name: 'only suspicious',
      snapshot: scanned('plugin', { verdict: 'warn', findings: [codeFinding('warn')] }),
      expect: [{ variant: 'warn', severity: 'warn' }],
    },
    {
      name: 'only in its tests',
      snapshot: scanned('plugin', { verdict: 'info', findings: [codeFinding('info', { class: 'test' })] }),
      expect: [{ variant: 'info', severity: 'info' }],
    },
    {
      name: 'more than is kept',
      snapshot: scanned('plugin', { verdict: 'warn', findings: [codeFinding('warn')], moreFindings: 400 }),
      expect: [{ variant: 'warn' }],
    },
  ],
  pass: [{ name: 'clean', snapshot: scanned('plugin', {}) }],
  near: [{ name: 'nothing is installed', snapshot: { code: [] } }],
  unknown: [
    {
      name: 'something was not looked at',
      snapshot: scanned('plugin', { verdict: 'incomplete', limits: ['x.js is too large'] }),
    },
  ],
});
