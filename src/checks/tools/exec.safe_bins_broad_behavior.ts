import { notApplicable, unknown } from '../../core/check.ts';
import { BROAD_SAFE_BINS, binName } from '../../model/data/interpreters.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'tools.exec.safe_bins_broad_behavior',
  title: 'A safe program has a language of its own',
  why: 'jq, sed and awk read files, environment variables or run programs through their own scripts, so a list of arguments says little about what they do.',
  remedy: 'Take {bins} off safeBins and approve single uses instead.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  appliesTo: { from: '2026.8.1' },
  variants: { broad: { severity: 'warn', text: '{bins} may run without approval.' } },
  *run({ execScopes }, hit) {
    const found = [];
    let any = false;
    for (const { safeBins, label } of execScopes) {
      if (!safeBins.known) return yield unknown(safeBins);
      if (safeBins.value?.length) any = true;
      for (const bin of [...new Set((safeBins.value ?? []).map(binName))].filter((b) => BROAD_SAFE_BINS.includes(b)))
        found.push({ at: safeBins.at, text: `${bin} (${label})` });
    }
    if (!any) return yield notApplicable('no program is on the list');
    const first = found[0];
    if (first) yield hit('broad', { at: first, also: found.slice(1), args: { bins: found.map((f) => f.text) } });
  },
});
