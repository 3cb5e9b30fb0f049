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

export default cases('sandbox.browser_container.hash_epoch_stale', {
  fail: [
    { name: 'an older epoch', ...docker({ ...current, epoch: '2025-12-01-old' }), expect: [{ variant: 'found' }] },
    { name: 'no epoch', ...docker({ name: 'b2', configHash: 'abc' }), expect: [{ variant: 'found' }] },
  ],
  pass: [{ name: 'a current container', ...docker(current) }],
  near: [{ name: 'no hash, which is another finding', ...docker({ name: 'b2', epoch: '2026-02-28-no-sandbox-env' }) }],
  notApplicable: [{ name: 'no container', ...docker() }],
});
