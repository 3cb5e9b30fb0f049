import { cases } from '../../core/cases.ts';
import { seen, unseen } from '../../core/live.ts';
import { probed } from '../_families/probed.ts';

export default cases('gateway.live.foreign_origin', {
  fail: [
    {
      name: 'every origin is allowed',
      config: `{ gateway: { controlUi: { allowedOrigins: ['*'] } } }`,
      snapshot: probed({ foreignOrigin: seen(true), foreignOriginForwarded: seen(true) }),
      expect: [{ variant: 'direct', at: 'gateway.controlUi.allowedOrigins', severity: 'warn' }],
    },
    {
      name: 'and no secret is asked for',
      config: `{ gateway: { auth: { mode: 'none' }, controlUi: { allowedOrigins: ['*'] } } }`,
      snapshot: probed({ foreignOrigin: seen(true), anonymousSession: seen(true) }),
      expect: [{ variant: 'open', severity: 'critical' }],
    },
    {
      name: 'the older version skips the check behind a proxy',
      config: `{ gateway: { trustedProxies: ['127.0.0.1'] } }`,
      snapshot: probed({ foreignOriginForwarded: seen(true) }),
      expect: [{ variant: 'forwarded', at: 'gateway.trustedProxies' }],
    },
    {
      name: 'the same without a proxy',
      config: '{ gateway: {} }',
      snapshot: probed({ foreignOriginForwarded: seen(true) }),
      expect: [{ variant: 'forwarded-direct', severity: 'info' }],
    },
  ],
  pass: [{ name: 'it is refused', config: '{}', snapshot: probed() }],
  near: [
    {
      name: 'allowed in the file, refused by what runs',
      config: `{ gateway: { controlUi: { allowedOrigins: ['*'] } } }`,
      snapshot: probed(),
    },
  ],
  unknown: [
    { name: 'not asked', config: '{}', snapshot: probed({ foreignOrigin: unseen('there was no session') }) },
    { name: 'only half of it asked', config: '{}', snapshot: probed({ foreignOriginForwarded: unseen('timeout') }) },
  ],
});
