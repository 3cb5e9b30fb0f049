import type { HttpSurface } from '../../core/live.ts';
import { keyRef } from '../../core/ref.ts';
import { isAuditedGateway, notSeen, probeOf } from '../_families/live.ts';
import { defineCheck } from '../define.ts';

const KINDS = ['control', 'models', 'files', 'details'] as const satisfies readonly HttpSurface['kind'][];

export default defineCheck({
  id: 'gateway.live.http_open',
  title: 'The running gateway answers HTTP requests without a secret',
  why: 'Whoever reaches the port, any program of this machine and any web page it shows included, uses these endpoints as you do. This was seen on the running gateway, whatever the config says.',
  remedy:
    'Set gateway.auth.mode to "token" with a token (`openclaw config set gateway.auth.token "$(openssl rand -hex 24)"`), then `openclaw gateway restart`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['gateway'],
  variants: {
    control: { severity: 'critical', text: 'Tools or agents run without a secret: {endpoints}.' },
    models: { severity: 'warn', text: 'Models are listed or used without a secret: {endpoints}.' },
    files: {
      severity: 'info',
      title: 'The running gateway serves agent files without a secret',
      text: 'Files that the agent makes are served without a secret: {endpoints}.',
      why: 'OpenClaw 2026.3.7 serves the canvas to local requests by design: every program and user of this machine reads what the agent puts there.',
      remedy: 'Keep secrets out of the canvas, or update OpenClaw; 2026.9.6 asks for the secret.',
    },
    details: {
      severity: 'info',
      title: 'The running gateway tells about itself without a secret',
      text: 'Version or names of this installation are told without a secret: {endpoints}.',
      why: 'OpenClaw 2026.3.7 tells them by design. An attacker who reaches the port learns which weaknesses apply.',
      remedy: 'Keep the port on loopback, or update OpenClaw; 2026.9.6 asks for the secret.',
    },
  },
  *run(model, hit) {
    const { live, error } = probeOf(model);
    const at = isAuditedGateway(model) ? keyRef('gateway', 'auth') : keyRef('gateway');
    if (!live || live.http.length === 0) return yield notSeen({ reason: error ?? 'no endpoint could be asked' }, at);
    for (const kind of KINDS) {
      const open = live.http.filter((s) => s.kind === kind && s.verdict === 'open');
      if (open.length > 0) yield hit(kind, { at, args: { endpoints: open.map((s) => s.endpoint) } });
    }
    const unclear = live.http.find((s) => s.verdict === 'unknown' && KINDS.some((kind) => kind === s.kind));
    if (unclear) yield notSeen({ reason: `${unclear.endpoint}: ${unclear.reason ?? 'no clear answer'}` }, at);
  },
});
