import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'hooks.path_root',
  title: 'Webhooks answer at the root of the gateway',
  why: 'The hook then shadows every other path, and scanners that ask for / reach it first.',
  remedy: 'Run `openclaw config set hooks.path /hooks` and change the address in every sender.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { root: { severity: 'critical', text: 'hooks.path is "/".' } },
  *run({ hooks }, hit) {
    const { enabled, path } = hooks;
    if (!enabled.known) return yield unknown(enabled);
    if (!enabled.value) return yield notApplicable('webhooks are off');
    if (!path.known) return yield unknown(path);
    if (path.value?.trim() === '/') yield hit('root', { at: path });
  },
});
