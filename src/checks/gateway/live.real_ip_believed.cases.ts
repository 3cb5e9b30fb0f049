import { cases } from '../../core/cases.ts';
import { seen, unseen } from '../../core/live.ts';
import { probed } from '../_families/probed.ts';

const fallback = `allowRealIpFallback: true, trustedProxies: ['127.0.0.1']`;

export default cases('gateway.live.real_ip_believed', {
  fail: [
    {
      name: 'the header decides',
      config: `{ gateway: { ${fallback} } }`,
      snapshot: probed({ realIpBelieved: seen(true) }),
      expect: [{ variant: 'believed', at: 'gateway.allowRealIpFallback', severity: 'warn' }],
    },
    {
      name: 'and other machines reach it',
      config: `{ gateway: { bind: 'lan', ${fallback} } }`,
      snapshot: probed({ realIpBelieved: seen(true) }),
      expect: [{ variant: 'exposed', severity: 'critical' }],
    },
  ],
  pass: [{ name: 'the header is ignored', config: '{}', snapshot: probed() }],
  near: [
    {
      name: 'allowed in the file, refused by what runs',
      config: `{ gateway: { ${fallback} } }`,
      snapshot: probed({ realIpBelieved: seen(false) }),
    },
  ],
  unknown: [{ name: 'not asked', config: '{}', snapshot: probed({ realIpBelieved: unseen('timeout') }) }],
});
