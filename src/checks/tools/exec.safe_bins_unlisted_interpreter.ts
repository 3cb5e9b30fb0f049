import { notApplicable, unknown } from '../../core/check.ts';
import { binName, isUnlistedInterpreter } from '../../model/data/interpreters.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'tools.exec.safe_bins_unlisted_interpreter',
  title: 'A program that can start others is on the list of safe ones',
  why: 'Safe bins run without approval; this program evaluates text or starts other programs, though the built-in list of interpreters leaves it out.',
  remedy: 'Take it off the list, or limit its arguments in safeBinProfiles.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { listed: { severity: 'warn', text: '{bins} may run without approval and without a profile.' } },
  *run({ execScopes, target }, hit) {
    const globalProfiles = execScopes[0]!.profiles;
    const found = [];
    let any = false;
    for (const scope of execScopes) {
      const { safeBins, profiles, label } = scope;
      if (!safeBins.known) return yield unknown(safeBins);
      if (!safeBins.value?.length) continue;
      any = true;
      const names = [...new Set(safeBins.value.map(binName))].sort();
      const bad = names.filter(
        (bin) =>
          isUnlistedInterpreter(bin, target.secondEra) && !globalProfiles.includes(bin) && !profiles.includes(bin),
      );
      for (const bin of bad) found.push({ at: safeBins.at, text: `${bin} (${label})` });
    }
    if (!any) return yield notApplicable('no program is on the list');
    const first = found[0];
    if (first) yield hit('listed', { at: first, also: found.slice(1), args: { bins: found.map((f) => f.text) } });
  },
});
