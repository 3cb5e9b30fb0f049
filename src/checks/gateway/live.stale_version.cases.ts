import { cases } from '../../core/cases.ts';
import { type GatewayProcess, seen, unseen } from '../../core/live.ts';
import { probed } from '../_families/probed.ts';

const installed = { requested: '2026.9.6', installed: '2026.9.6' };
const process: GatewayProcess = {
  pid: 77,
  name: 'openclaw-gatewa',
  isOpenClaw: true,
  uid: 1000,
  startedAt: 1,
  programDeleted: seen(true),
  capabilities: false,
  noNewPrivileges: false,
  seccomp: false,
};

export default cases('gateway.live.stale_version', {
  fail: [
    {
      name: 'updated and not restarted',
      config: '{ gateway: {} }',
      snapshot: { ...probed({ version: seen('2026.3.7') }), openclaw: installed },
      expect: [{ variant: 'differs', at: 'gateway', severity: 'warn' }],
    },
    {
      name: 'its program is gone',
      config: '{ gateway: {} }',
      snapshot: { ...probed({ process: seen(process) }), openclaw: installed },
      expect: [{ variant: 'replaced' }],
    },
  ],
  pass: [{ name: 'the same version', config: '{}', snapshot: { ...probed(), openclaw: installed } }],
  near: [
    {
      name: 'the port is held by something in between whose program was replaced',
      config: '{}',
      snapshot: {
        ...probed({ process: seen({ ...process, isOpenClaw: false, name: 'docker-proxy' }) }),
        openclaw: installed,
      },
    },
  ],
  unknown: [
    {
      name: 'it does not tell its version',
      config: '{}',
      snapshot: { ...probed({ version: unseen('not told') }), openclaw: installed },
    },
    { name: 'nothing is installed here', config: '{}', snapshot: probed() },
    {
      name: 'it runs elsewhere',
      config: '{}',
      snapshot: { ...probed({ loopback: false, urlSource: 'flag' }), openclaw: installed },
    },
  ],
});
