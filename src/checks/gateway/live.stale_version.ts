import { keyRef } from '../../core/ref.ts';
import { live, notSeen, probeOf } from '../_families/live.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.live.stale_version',
  title: 'The running gateway is not the installed version',
  why: 'An update takes effect only when the gateway starts again. Until then the weaknesses of the old version stay open, while the installed one looks up to date.',
  remedy: 'Run `openclaw gateway restart`, then audit again.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['gateway'],
  variants: {
    differs: { severity: 'warn', text: 'OpenClaw {running} runs, and {installed} is installed.' },
    replaced: {
      severity: 'warn',
      text: 'The program of the running gateway (process {pid}) was replaced or removed since it started.',
    },
  },
  *run(model, hit) {
    const at = keyRef('gateway');
    if (probeOf(model).live?.loopback === false)
      return yield notSeen({ reason: 'the gateway is on another machine' }, at);
    const running = live(model, 'version');
    const { installed } = model.snapshot.openclaw;
    if (running.known && installed && running.value !== installed)
      return yield hit('differs', { at, args: { running: running.value, installed } });
    const process = live(model, 'process');
    if (
      process.known &&
      process.value.isOpenClaw &&
      process.value.programDeleted.known &&
      process.value.programDeleted.value
    )
      return yield hit('replaced', { at, args: { pid: process.value.pid } });
    if (!running.known) yield notSeen(running, at);
    else if (!installed) yield notSeen({ reason: 'no installed OpenClaw was found to compare with' }, at);
  },
});
