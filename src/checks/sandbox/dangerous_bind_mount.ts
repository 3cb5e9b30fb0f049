import { notApplicable } from '../../core/check.ts';
import { bindRisk, bindSource } from '../../model/data/bind-mounts.ts';
import { bindsOf } from '../_families/binds.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'sandbox.dangerous_bind_mount',
  title: 'A sandbox mount reaches the system or its credentials',
  why: 'What is mounted is inside the sandbox: with these paths a tool in it reads secrets of the host or controls it.',
  remedy: 'Remove the entry from {key}, or mount only the directory with the data.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    root: { severity: 'critical', text: '{key} mounts the whole host: "{bind}".' },
    blocked: { severity: 'critical', text: '{key} mounts "{bind}", which lies in {path}.' },
    covers: { severity: 'critical', text: '{key} mounts "{bind}", which contains {path}.' },
  },
  *run({ settings, dockerScopes, snapshot, target }, hit) {
    const binds = bindsOf(settings, dockerScopes);
    if (binds.length === 0) return yield notApplicable('nothing is mounted into a sandbox');
    const homes = [...new Set([snapshot.host.homeDir, snapshot.host.osHomeDir])];
    for (const b of binds) {
      const source = bindSource(b.text, snapshot.host.platform === 'win32');
      if (!source.startsWith('/') && !source.startsWith('\\\\')) continue;
      const risk = bindRisk(source, homes, target.secondEra);
      if (risk) yield hit(risk.kind, { at: b, args: { key: b.key, bind: b.text, path: risk.path } });
    }
  },
});
