import { cases } from '../../core/cases.ts';
import { seen, unseen } from '../../core/live.ts';
import { probed } from '../_families/probed.ts';

const everywhere = seen([{ protocol: 'tcp', address: '0.0.0.0', port: 18789, scope: 'any' } as const]);

export default cases('gateway.live.listens_wider', {
  fail: [
    {
      name: 'started with --bind lan',
      config: '{ gateway: {} }',
      snapshot: probed({ listeners: everywhere }),
      expect: [{ variant: 'wider', at: 'gateway.bind', severity: 'warn' }],
    },
    {
      name: 'and without a secret, by a process that is not seen',
      config: `{ gateway: { auth: { mode: 'none' } } }`,
      snapshot: probed({ listeners: everywhere, anonymousSession: seen(true), process: unseen('not yours') }),
      expect: [{ variant: 'open', severity: 'critical' }],
    },
  ],
  pass: [{ name: 'on loopback as written', config: '{}', snapshot: probed() }],
  near: [
    {
      name: 'everywhere, as the config says',
      config: `{ gateway: { bind: 'lan' } }`,
      snapshot: probed({ listeners: everywhere }),
    },
  ],
  unknown: [
    { name: 'sockets cannot be listed', config: '{}', snapshot: probed({ listeners: unseen('Linux only') }) },
    {
      name: 'another gateway was asked',
      config: '{}',
      snapshot: probed({ urlSource: 'flag', listeners: everywhere }),
    },
    {
      name: 'the bind comes from an unset variable',
      config: "{ gateway: { bind: '${BIND}' } }",
      snapshot: probed({ listeners: everywhere }),
    },
  ],
});
