import { type Check, notApplicable, unknown } from '../../core/check.ts';
import { binName } from '../../model/data/interpreters.ts';
import type { Model } from '../../model/model.ts';
import { defineCheck } from '../define.ts';

export interface SafeBinsCheck {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  /** Whether a program must not run without approval and without a profile that limits its arguments. */
  readonly isRisky: (bin: string, secondEra: boolean) => boolean;
}

/** A check of the programs in `safeBins` of every scope that no profile limits; one finding for all of them. */
export function safeBinsCheck(of: SafeBinsCheck): Check<Model, 'listed'> {
  return defineCheck({
    id: of.id,
    title: of.title,
    why: of.why,
    remedy: 'Take it off the list, or limit its arguments in safeBinProfiles.',
    since: '0.1.0',
    confidence: 'high',
    needs: ['config'],
    variants: { listed: { severity: 'warn', text: '{bins} may run without approval and without a profile.' } },
    *run({ execScopes, target }, hit) {
      const globalProfiles = execScopes[0]!.profiles;
      const found = [];
      let any = false;
      for (const { safeBins, profiles, label } of execScopes) {
        if (!safeBins.known) return yield unknown(safeBins);
        if (!safeBins.value?.length) continue;
        any = true;
        const limited = new Set([...globalProfiles, ...profiles]);
        for (const bin of [...new Set(safeBins.value.map(binName))].sort())
          if (of.isRisky(bin, target.secondEra) && !limited.has(bin))
            found.push({ at: safeBins.at, text: `${bin} (${label})` });
      }
      if (!any) return yield notApplicable('no program is on the list');
      const first = found[0];
      if (first) yield hit('listed', { at: first, also: found.slice(1), args: { bins: found.map((f) => f.text) } });
    },
  });
}
