import { notApplicable, unknown } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'sandbox.dangerous_seccomp_profile',
  title: 'Sandbox runs without a system call filter',
  why: 'Without seccomp a tool in the sandbox may use any kernel call, which is how containers are escaped.',
  remedy: 'Run `openclaw config unset {key}` to get the default filter back.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { set: { severity: 'critical', text: '{key} is "{value}".' } },
  *run({ settings, dockerScopes }, hit) {
    if (dockerScopes.length === 0) return yield notApplicable('no sandbox container is configured');
    for (const { path } of dockerScopes) {
      const fact = settings.string([...path, 'seccompProfile'], undefined);
      if (!fact.known) {
        yield unknown(fact);
        continue;
      }
      const v = fact.value?.trim().toLowerCase() ?? '';
      if (v === 'unconfined')
        yield hit('set', { at: fact, args: { key: formatRef(fact.at), value: fact.value!.trim() } });
    }
  },
});
