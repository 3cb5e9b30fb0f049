import { cases } from '../../core/cases.ts';
import { type LiveGateway, seen, unseen } from '../../core/live.ts';
import { probed } from '../_families/probed.ts';

const config = '{ gateway: {} }';
const older = (live: Partial<LiveGateway>) => probed({ configApplied: unseen('this version does not tell'), ...live });
const later = { configChangedAt: seen(1_780_000_200_000), servingSince: seen(1_780_000_100_000) };

export default cases('gateway.live.config_drift', {
  fail: [
    {
      name: 'it reads another file',
      config,
      snapshot: probed({ configPath: seen('/srv/openclaw.json') }),
      expect: [{ variant: 'other-file', at: 'gateway', severity: 'warn' }],
    },
    {
      name: 'the file is broken',
      config,
      snapshot: probed({ configValid: seen(false) }),
      expect: [{ variant: 'invalid' }],
    },
    {
      name: 'the mode was changed and not applied',
      config: `{ gateway: { auth: { mode: 'none' } } }`,
      snapshot: older({}),
      expect: [{ variant: 'auth-mode', at: 'gateway.auth.mode' }],
    },
    {
      name: 'the newer version says so itself',
      config,
      snapshot: probed({ configApplied: seen(false) }),
      expect: [{ variant: 'not-applied' }],
    },
    {
      name: 'reload is off',
      config: `{ gateway: { reload: { mode: 'off' } } }`,
      snapshot: older(later),
      expect: [{ variant: 'reload-off', at: 'gateway.reload.mode' }],
    },
    {
      name: 'the older version may have applied it',
      config,
      snapshot: older(later),
      expect: [{ variant: 'changed-since', severity: 'info' }],
    },
  ],
  pass: [{ name: 'in force as written', config, snapshot: probed() }],
  near: [
    {
      name: 'changed since, and the gateway says that it is in force',
      config,
      snapshot: probed(later),
    },
    {
      name: 'the config is a link, and the gateway knows its target',
      config,
      files: { '~state/openclaw.json': { role: 'config', link: { target: '/cfg/o.json', real: '/cfg/o.json' } } },
      snapshot: probed({ configPath: seen('/cfg/o.json') }),
    },
  ],
  unknown: [
    { name: 'its start is not known', config, snapshot: older({ servingSince: unseen('not told') }) },
    {
      name: 'changed since, and there was no session to ask in',
      config,
      snapshot: older({ ...later, accepted: unseen('no token is set') }),
    },
    { name: 'another gateway was asked', config, snapshot: probed({ urlSource: 'flag' }) },
  ],
});
