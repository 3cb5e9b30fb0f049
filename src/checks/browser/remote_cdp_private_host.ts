import { notApplicable } from '../../core/check.ts';
import { isPrivateHost } from '../../model/data/private-hosts.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'browser.remote_cdp_private_host',
  title: 'A browser in your own network may open addresses of it',
  why: 'With private networks allowed a page or a prompt can make that browser ask routers, cloud metadata and internal tools.',
  remedy:
    'Run `openclaw config set browser.ssrfPolicy.dangerouslyAllowPrivateNetwork false`, or name the hosts in browser.ssrfPolicy.allowedHostnames.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config', 'gateway'],
  appliesTo: { from: '2026.8.1' },
  variants: {
    private: { severity: 'warn', text: 'Browser profile "{profile}" at {url}, and private networks are allowed.' },
  },
  *run({ browser, settings }, hit) {
    const allowed = settings.boolean(['browser', 'ssrfPolicy', 'dangerouslyAllowPrivateNetwork'], false);
    if (!allowed.value) return yield notApplicable('private networks are not allowed');
    for (const p of browser.profiles)
      if (!p.loopback && isPrivateHost(p.host))
        yield hit('private', { at: p, also: [allowed], args: { profile: p.name, url: p.shown } });
  },
});
