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

export default cases('sandbox.browser_container.hash_label_missing', {
  fail: [{ name: 'no label', ...docker(current, { name: 'b2' }), expect: [{ variant: 'found' }] }],
  pass: [{ name: 'a current container', ...docker(current) }],
  near: [{ name: 'another hash: its value cannot be compared', ...docker({ ...current, configHash: 'zzz' }) }],
  notApplicable: [{ name: 'no container', ...docker() }],
});
