import { keyRef } from '../../core/ref.ts';
import { live, notSeen } from '../_families/live.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.live.browser_open',
  title: 'Browser control answers without a secret on this machine',
  why: 'Whoever drives the browser acts as you on every site where it is logged in. Every program and user of this machine reaches these ports.',
  remedy:
    'Set gateway.auth.mode to "token" with a token and run `openclaw gateway restart`; or set browser.enabled to false.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['gateway'],
  variants: {
    control: { severity: 'critical', text: 'The browser control server on port {port} answers without a secret.' },
    cdp: {
      severity: 'warn',
      title: 'A browser debugging port is open on this machine',
      text: 'Chrome DevTools answers on port {ports}. It knows no password.',
      remedy:
        'Stop the managed browser when it is not used (`openclaw browser stop`), keep it logged out of what matters, and do not share this machine.',
    },
  },
  *run(model, hit) {
    const control = live(model, 'browserControl');
    const cdp = live(model, 'cdp');
    const at = keyRef('browser');
    if (control.known && control.value.state === 'open')
      yield hit('control', { at, args: { port: control.value.port } });
    const open = cdp.known ? cdp.value.filter((p) => p.state === 'open') : [];
    if (open.length > 0) yield hit('cdp', { at, args: { ports: open.map((p) => String(p.port)) } });
    for (const fact of [control, cdp]) if (!fact.known) return yield notSeen(fact, at);
  },
});
