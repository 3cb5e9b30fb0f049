import { notApplicable } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'browser.remote_cdp_http',
  title: 'A remote browser is steered over an unencrypted line',
  why: 'Everything the browser sees, cookies included, and every command to it can be read and changed on the way.',
  remedy: 'Use https or wss, or a tunnel to this machine, in {key}.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { plain: { severity: 'warn', text: 'Browser profile "{profile}" is reached at {url}.' } },
  *run({ browser, settings }, hit) {
    if (settings.boolean(['browser', 'enabled'], true).value === false)
      return yield notApplicable('browser control is off');
    for (const p of browser.profiles)
      if ((p.scheme === 'http' || p.scheme === 'ws') && !p.loopback)
        yield hit('plain', { at: p, args: { profile: p.name, url: p.shown, key: formatRef(p.at) } });
  },
});
