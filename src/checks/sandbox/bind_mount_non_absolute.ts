import { notApplicable } from '../../core/check.ts';
import { bindSource } from '../../model/data/bind-mounts.ts';
import { bindsOf } from '../_families/binds.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'sandbox.bind_mount_non_absolute',
  title: 'A sandbox mount names no absolute host path',
  why: 'Docker takes such a name as a volume or resolves it where nobody expects; OpenClaw refuses the config.',
  remedy: 'Write the full path of the directory in {key}.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { relative: { severity: 'warn', text: '{key} mounts "{source}".' } },
  *run({ settings, dockerScopes, snapshot }, hit) {
    const binds = bindsOf(settings, dockerScopes);
    if (binds.length === 0) return yield notApplicable('nothing is mounted into a sandbox');
    for (const b of binds) {
      const source = bindSource(b.text, snapshot.host.platform === 'win32');
      if (source.startsWith('/') || /^[A-Za-z]:[\\/]/.test(source)) continue;
      yield hit('relative', { at: b, args: { key: b.key, source } });
    }
  },
});
