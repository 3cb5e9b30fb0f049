import { cases } from '../../core/cases.ts';
import { seen, unseen } from '../../core/live.ts';
import { probed } from '../_families/probed.ts';

const config = `{ gateway: { auth: { mode: 'none' } } }`;
const invoke = [{ endpoint: 'POST /tools/invoke', kind: 'control', status: 400, verdict: 'open' }] as const;
const open = { accepted: true, endpoint: 'POST /tools/invoke', open: true };

export default cases('gateway.live.cross_site', {
  fail: [
    {
      name: 'any page can post',
      config,
      snapshot: probed({ http: invoke, crossSitePost: seen(true), foreignHost: seen({ ...open, accepted: false }) }),
      expect: [{ variant: 'post', at: 'gateway.auth', severity: 'critical' }],
    },
    {
      name: 'any host name is served',
      config,
      snapshot: probed({ http: invoke, crossSitePost: seen(false), foreignHost: seen(open) }),
      expect: [{ variant: 'rebinding', severity: 'critical' }],
    },
  ],
  pass: [{ name: 'everything asks for the secret', config: '{}', snapshot: probed() }],
  near: [
    {
      name: 'a foreign host name is served, but only what says that it lives',
      config: '{}',
      snapshot: probed({ foreignHost: seen({ accepted: true, endpoint: 'GET /healthz', open: false }) }),
    },
    {
      name: 'open, and it refuses both',
      config,
      snapshot: probed({ http: invoke, crossSitePost: seen(false), foreignHost: seen({ ...open, accepted: false }) }),
    },
  ],
  unknown: [
    { name: 'the host was not asked', config: '{}', snapshot: probed({ foreignHost: unseen('timeout') }) },
    {
      name: 'open, and the post was not answered',
      config,
      snapshot: probed({ http: invoke, crossSitePost: unseen('timeout') }),
    },
  ],
});
