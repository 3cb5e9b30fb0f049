import { formatKeyPath } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'config.other_dangerous_flags',
  title: 'A switch that widens what the bot may do is set',
  why: 'The built-in list of dangerous switches leaves this one out; its effect is the same kind.',
  remedy: 'Run `openclaw config unset {flag}` unless you need it.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config'],
  variants: { set: { severity: 'info', text: '{flag} is {value}: {effect}.' } },
  *run({ setFlags }, hit) {
    for (const f of setFlags.filter(({ flag }) => flag.reported === 'neither'))
      yield hit('set', {
        at: f,
        args: { flag: formatKeyPath(f.path), value: String(f.flag.when), effect: f.flag.effect },
      });
  },
});
