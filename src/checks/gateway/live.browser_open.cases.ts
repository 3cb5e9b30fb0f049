import { cases } from '../../core/cases.ts';
import { seen, unseen } from '../../core/live.ts';
import { probed } from '../_families/probed.ts';

export default cases('gateway.live.browser_open', {
  fail: [
    {
      name: 'without authentication the control server has none either',
      config: `{ gateway: { auth: { mode: 'none' } } }`,
      snapshot: probed({ browserControl: seen({ port: 18791, state: 'open', status: 200 }) }),
      expect: [{ variant: 'control', at: 'browser', severity: 'critical' }],
    },
    {
      name: 'a managed browser runs',
      config: '{ browser: {} }',
      snapshot: probed({ cdp: seen([{ port: 18800, state: 'open', status: 200 }]) }),
      expect: [{ variant: 'cdp', severity: 'warn' }],
    },
  ],
  pass: [{ name: 'nothing listens', config: '{}', snapshot: probed() }],
  near: [
    {
      name: 'the control server asks for the secret',
      config: '{}',
      snapshot: probed({ browserControl: seen({ port: 18791, state: 'protected', status: 401 }) }),
    },
    {
      name: 'something else listens on a debugging port',
      config: '{}',
      snapshot: probed({ cdp: seen([{ port: 18800, state: 'other', status: 404 }]) }),
    },
  ],
  unknown: [
    { name: 'it runs elsewhere', config: '{}', snapshot: probed({ browserControl: unseen('another machine') }) },
  ],
});
