import { formatKeyPath, keyRef } from '../../core/ref.ts';
import { plural } from '../../core/text.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'config.insecure_or_dangerous_flags',
  title: 'Switches that take a protection away are set',
  why: 'Each was meant for a moment or for a test; together they are the difference between the documented and the real defences.',
  remedy: 'Unset what you do not need, e.g. `openclaw config unset {example}`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    set: { severity: 'warn', text: '{flags}: {effect}.' },
    several: { severity: 'warn', text: '{count}: {flags}.' },
    suppressions: {
      severity: 'warn',
      text: 'security.audit.suppressions holds {count}: what an agent may write into the config can hide findings.',
    },
  },
  *run({ setFlags, settings, target }, hit) {
    const era = target.secondEra ? 'second' : 'first';
    const flags = setFlags.filter(({ flag }) => flag.reported === 'both' || flag.reported === era);
    const show = (f: (typeof flags)[number]) => `${formatKeyPath(f.path)}=${String(f.flag.when)}`;
    // 2026.3.7 gives one finding for all of them, 2026.9.6 one for each.
    if (!target.secondEra && flags.length > 1)
      return yield hit('several', {
        at: flags[0]!,
        also: flags.slice(1),
        args: {
          count: plural(flags.length, 'switch', 'switches'),
          flags: flags.map(show),
          example: formatKeyPath(flags[0]!.path),
        },
      });
    for (const f of flags)
      yield hit('set', { at: f, args: { flags: show(f), effect: f.flag.effect, example: formatKeyPath(f.path) } });
    const suppressions = settings.count('security', 'audit', 'suppressions');
    if (target.secondEra && suppressions > 0)
      yield hit('suppressions', {
        at: keyRef('security', 'audit', 'suppressions'),
        args: { count: plural(suppressions, 'entry', 'entries'), example: 'security.audit.suppressions' },
      });
  },
});
