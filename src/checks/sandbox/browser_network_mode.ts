import { notApplicable } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'sandbox.browser_network_mode',
  title: 'Sandbox browser shares a network it must not share',
  why: 'A web page in that browser reaches everything that listens on the host or in the other container.',
  remedy: 'Run `openclaw config unset {key}` to use the network made for it.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { set: { severity: 'critical', text: '{key} is "{value}".' } },
  *run({ settings, sandboxBrowserScopes }, hit) {
    if (sandboxBrowserScopes.length === 0) return yield notApplicable('no sandbox browser is configured');
    for (const { path } of sandboxBrowserScopes) {
      const fact = settings.string([...path, 'network'], undefined);
      const v = fact.value?.trim().toLowerCase() ?? '';
      if (v === 'host' || v.startsWith('container:'))
        yield hit('set', { at: fact, args: { key: formatRef(fact.at), value: fact.value!.trim() } });
    }
  },
});
