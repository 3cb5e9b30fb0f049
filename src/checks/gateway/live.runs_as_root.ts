import { keyRef } from '../../core/ref.ts';
import { live, notSeen } from '../_families/live.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.live.runs_as_root',
  title: 'The running gateway runs as root',
  why: 'Every tool that the agent runs has the rights of the gateway. As root, one tricked command owns the machine and every account on it.',
  remedy: 'Install and start OpenClaw as an ordinary user without sudo (`openclaw gateway install` as that user).',
  since: '0.1.0',
  confidence: 'high',
  needs: ['gateway'],
  variants: {
    root: { severity: 'warn', text: 'Process {pid}, {name}, holds the port of the gateway and runs as root.' },
  },
  *run(model, hit) {
    const process = live(model, 'process');
    const at = keyRef('gateway');
    if (!process.known) return yield notSeen(process, at);
    const { pid, name, isOpenClaw, uid } = process.value;
    if (!isOpenClaw) return yield notSeen({ reason: `the port is held by ${name}, not by the gateway itself` }, at);
    if (uid === 0) yield hit('root', { at, args: { pid, name } });
  },
});
