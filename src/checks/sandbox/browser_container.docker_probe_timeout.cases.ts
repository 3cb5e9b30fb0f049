import { cases } from '../../core/cases.ts';
import type { SandboxContainer } from '../../core/snapshot.ts';

const docker = (...containers: SandboxContainer[]) => ({
  version: '2026.3.7',
  config: '{}',
  snapshot: { docker: { status: 'ok' as const, containers, timeouts: [] } },
});
const current: SandboxContainer = {
  name: 'b1',
  configHash: 'abc123',
  epoch: '2026-02-28-no-sandbox-env',
  ports: [{ host: '127.0.0.1', port: '32768', container: '9222/tcp' }],
};

export default cases('sandbox.browser_container.docker_probe_timeout', {
  fail: [
    {
      name: 'the list hangs',
      version: '2026.9.6',
      config: '{}',
      snapshot: { docker: { status: 'timeout', containers: [], timeouts: ['ps'] } },
      expect: [{ variant: 'found' }],
    },
  ],
  pass: [{ name: 'a current container', ...docker(current) }],
  near: [{ name: 'answers with no container', ...docker() }],
});
