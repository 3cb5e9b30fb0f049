import { notApplicable } from '../../core/check.ts';
import { fileRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'sandbox.browser_container.hash_label_missing',
  title: 'A sandbox browser container has no config label',
  why: 'It was made by an older version or by hand, so nobody knows with which settings it runs.',
  remedy: 'Recreate it: `openclaw sandbox recreate --browser --all`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['docker'],
  variants: { found: { severity: 'warn', text: 'Without the config hash label: {names}.' } },
  *run({ snapshot }, hit) {
    const { containers } = snapshot.docker;
    if (containers.length === 0) return yield notApplicable('there is no sandbox browser container');
    const names = containers.filter((c) => c.configHash === undefined).map((c) => c.name);
    if (names.length > 0) yield hit('found', { at: fileRef('docker'), args: { names } });
  },
});
