import { cases } from '../../core/cases.ts';
import { type GatewayProcess, seen, unseen } from '../../core/live.ts';
import { probed } from '../_families/probed.ts';

const root: GatewayProcess = {
  pid: 77,
  name: 'openclaw-gatewa',
  isOpenClaw: true,
  uid: 0,
  startedAt: 1,
  programDeleted: seen(false),
  capabilities: true,
  noNewPrivileges: false,
  seccomp: false,
};

export default cases('gateway.live.runs_as_root', {
  fail: [
    {
      name: 'started with sudo',
      config: '{ gateway: {} }',
      snapshot: probed({ process: seen(root) }),
      expect: [{ variant: 'root', at: 'gateway', severity: 'warn' }],
    },
  ],
  pass: [{ name: 'an ordinary user', config: '{}', snapshot: probed() }],
  near: [
    {
      name: 'an ordinary user with capabilities',
      config: '{}',
      snapshot: probed({ process: seen({ ...root, uid: 1000 }) }),
    },
  ],
  unknown: [
    {
      name: 'docker-proxy runs as root and says nothing of the gateway behind it',
      config: '{}',
      snapshot: probed({ process: seen({ ...root, isOpenClaw: false, name: 'docker-proxy' }) }),
    },
    { name: 'the process is not seen', config: '{}', snapshot: probed({ process: unseen('not readable') }) },
  ],
});
