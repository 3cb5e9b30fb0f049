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

export default cases('sandbox.browser_container.non_loopback_publish', {
  fail: [
    {
      name: 'all addresses',
      ...docker({ ...current, ports: [{ host: '0.0.0.0', port: '1', container: '9222/tcp' }] }),
      expect: [{ variant: 'found' }],
    },
    {
      name: 'all IPv6 addresses',
      ...docker({ ...current, ports: [{ host: '::', port: '1', container: '9222/tcp' }] }),
      expect: [{ variant: 'found' }],
    },
  ],
  pass: [{ name: 'a current container', ...docker(current) }],
  near: [
    { name: 'IPv6 loopback', ...docker({ ...current, ports: [{ host: '::1', port: '1', container: '9222/tcp' }] }) },
  ],
  notApplicable: [{ name: 'no container', ...docker() }],
});
