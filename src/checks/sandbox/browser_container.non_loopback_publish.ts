import { notApplicable } from '../../core/check.ts';
import { fileRef } from '../../core/ref.ts';
import { isLoopbackHost } from '../../model/gateway.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'sandbox.browser_container.non_loopback_publish',
  title: 'A sandbox browser can be steered from other machines',
  why: 'The published debugging port gives whoever reaches it the browser with your signed-in pages.',
  remedy: 'Recreate it: `openclaw sandbox recreate --browser --all`, and remove port settings of your own.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['docker'],
  variants: { found: { severity: 'critical', text: 'Published beyond this machine: {ports}.' } },
  *run({ snapshot }, hit) {
    const { containers } = snapshot.docker;
    if (containers.length === 0) return yield notApplicable('there is no sandbox browser container');
    const ports = containers.flatMap((c) =>
      (c.ports ?? []).filter((p) => !isLoopbackHost(p.host)).map((p) => `${c.name} on ${p.host}:${p.port}`),
    );
    if (ports.length > 0) yield hit('found', { at: fileRef('docker'), args: { ports } });
  },
});
