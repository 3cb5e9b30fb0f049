import { notApplicable, unknown } from '../../core/check.ts';
import { known } from '../../core/fact.ts';
import { keyRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'sandbox.browser_cdp_bridge_unrestricted',
  title: 'Any container on the bridge may steer the sandbox browser',
  why: 'On the shared bridge the debugging port of the browser answers every neighbour, with your signed-in pages behind it.',
  remedy:
    'Run `openclaw config unset agents.defaults.sandbox.browser.network`, or limit the callers with cdpSourceRange.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  appliesTo: { before: '2026.8.1' },
  variants: {
    open: { severity: 'warn', text: 'sandbox.browser.network is "bridge" without cdpSourceRange for {scopes}.' },
  },
  *run({ toolContexts, settings }, hit) {
    const found = [];
    for (const { sandbox, label } of toolContexts) {
      const first = (key: string) => {
        const path = sandbox.browserPaths.find((p) => settings.has(...p, key));
        return path ? settings.string([...path, key], '') : known('', keyRef('agents'), false);
      };
      const switchPath = sandbox.browserPaths.find((p) => settings.has(...p, 'enabled'));
      const enabled = switchPath ? settings.boolean([...switchPath, 'enabled'], false) : undefined;
      if (enabled && !enabled.known) return yield unknown(enabled);
      if (!enabled?.value) continue;
      const network = first('network');
      if (!network.known) return yield unknown(network);
      if (network.value.trim().toLowerCase() !== 'bridge') continue;
      const range = first('cdpSourceRange');
      if (!range.known) return yield unknown(range);
      if (range.value.trim() === '') found.push({ at: network.at, label });
    }
    const first = found[0];
    if (first) yield hit('open', { at: first, also: found.slice(1), args: { scopes: found.map((f) => f.label) } });
    else if (toolContexts.every((c) => c.sandbox.browserPaths.length === 0))
      yield notApplicable('no sandbox browser is configured');
  },
});
