import { notApplicable } from '../../core/check.ts';
import { bindRisk, bindSource, unlistedBindRisk } from '../../model/data/bind-mounts.ts';
import { bindsOf } from '../_families/binds.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'sandbox.unlisted_bind_mount',
  title: 'A sandbox mount reaches other containers or a browser profile of the host',
  why: 'OpenClaw does not mind this mount, yet a tool in the sandbox gets at data of other containers or at the host through it.',
  remedy: 'Remove the entry from {key}, or mount only the directory with the data.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config'],
  variants: {
    containers: { severity: 'warn', text: '{key} mounts "{bind}", which reaches {path}.' },
    browser: { severity: 'critical', text: '{key} mounts "{bind}" into the sandbox browser, which reaches {path}.' },
  },
  *run({ settings, dockerScopes, sandboxBrowserScopes, snapshot }, hit) {
    const docker = bindsOf(settings, dockerScopes);
    const browser = bindsOf(settings, sandboxBrowserScopes);
    if (docker.length + browser.length === 0) return yield notApplicable('nothing is mounted into a sandbox');
    for (const b of [...docker, ...browser]) {
      const path = unlistedBindRisk(bindSource(b.text, snapshot.host.platform === 'win32'));
      if (path) yield hit('containers', { at: b, args: { key: b.key, bind: b.text, path } });
    }
    for (const b of browser) {
      const risk = bindRisk(bindSource(b.text, snapshot.host.platform === 'win32'), [snapshot.host.homeDir], true);
      if (risk) yield hit('browser', { at: b, args: { key: b.key, bind: b.text, path: risk.path } });
    }
  },
});
