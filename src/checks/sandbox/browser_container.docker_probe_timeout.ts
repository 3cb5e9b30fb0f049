import { notApplicable } from '../../core/check.ts';
import { fileRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'sandbox.browser_container.docker_probe_timeout',
  title: 'Docker did not answer in time',
  why: 'The containers of the sandbox browser could not be checked.',
  remedy: 'Run `docker ps` to see whether the engine hangs, then audit again.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['docker'],
  variants: { found: { severity: 'warn', text: 'No answer in time to: {calls}.' } },
  *run({ snapshot }, hit) {
    const { timeouts } = snapshot.docker;
    if (timeouts.length > 0) return yield hit('found', { at: fileRef('docker'), args: { calls: timeouts } });
    if (snapshot.docker.containers.length === 0) yield notApplicable('there is no sandbox browser container');
  },
});
