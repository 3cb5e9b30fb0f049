import { cases } from '../../core/cases.ts';
import { probed } from '../_families/probed.ts';

export default cases('gateway.live.anonymous_session', {
  fail: [
    {
      name: 'a backend client without a secret is let in',
      config: `{ gateway: { auth: { mode: 'none' } } }`,
      snapshot: probed({ anonymousSession: { known: true, value: true } }),
      expect: [{ variant: 'open', at: 'gateway.auth', severity: 'critical' }],
    },
  ],
  pass: [{ name: 'it is refused', config: '{}', snapshot: probed() }],
  near: [
    {
      name: 'the session with the secret is let in, one without is not',
      config: '{}',
      snapshot: probed({ accepted: { known: true, value: true }, anonymousSession: { known: true, value: false } }),
    },
  ],
  unknown: [
    {
      name: 'a client that makes up a device may be let in',
      config: `{ gateway: { auth: { mode: 'none' } } }`,
      snapshot: probed({ anonymousSession: { known: false, reason: 'a made-up device is not tried' } }),
    },
  ],
});
