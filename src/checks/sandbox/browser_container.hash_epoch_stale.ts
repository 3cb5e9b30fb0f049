import { notApplicable } from '../../core/check.ts';
import { fileRef } from '../../core/ref.ts';
import { sandboxBrowserEpoch } from '../../model/data/sandbox-epoch.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'sandbox.browser_container.hash_epoch_stale',
  title: 'A sandbox browser container predates a security change',
  why: 'Containers keep running as they were made; this one lacks what newer versions start them with.',
  remedy: 'Recreate it: `openclaw sandbox recreate --browser --all`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['docker'],
  variants: { found: { severity: 'warn', text: 'Made for another epoch than {epoch}: {names}.' } },
  *run({ snapshot, target }, hit) {
    const { containers } = snapshot.docker;
    if (containers.length === 0) return yield notApplicable('there is no sandbox browser container');
    const epoch = sandboxBrowserEpoch(target.secondEra);
    const names = containers.filter((c) => c.epoch !== epoch).map((c) => c.name);
    if (names.length > 0) yield hit('found', { at: fileRef('docker'), args: { names, epoch } });
  },
});
