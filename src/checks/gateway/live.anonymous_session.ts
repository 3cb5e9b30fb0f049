import { keyRef } from '../../core/ref.ts';
import { live, notSeen } from '../_families/live.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.live.anonymous_session',
  title: 'The running gateway lets in clients without a secret',
  why: 'A client that sent neither a secret nor a device got a session. So does any program of this machine, and it can ask for administrator rights.',
  remedy:
    'Set gateway.auth.mode to "token" with a token (`openclaw config set gateway.auth.token "$(openssl rand -hex 24)"`), then `openclaw gateway restart`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['gateway'],
  variants: {
    open: { severity: 'critical', text: 'A WebSocket client without any secret got a session.' },
  },
  *run(model, hit) {
    const session = live(model, 'anonymousSession');
    const at = keyRef('gateway', 'auth');
    if (!session.known) return yield notSeen(session, at);
    if (session.value) yield hit('open', { at });
  },
});
