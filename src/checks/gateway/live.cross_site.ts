import { keyRef } from '../../core/ref.ts';
import { isOpenToAll, live, notSeen, probeOf } from '../_families/live.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.live.cross_site',
  title: 'Web pages you visit can use the running gateway',
  why: 'The gateway listens on this machine, and so does the browser run on it. An endpoint that asks for no secret and takes requests of foreign pages lets any site run your agent, without a click.',
  remedy:
    'Set gateway.auth.mode to "token" with a token (`openclaw config set gateway.auth.token "$(openssl rand -hex 24)"`), then `openclaw gateway restart`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['gateway'],
  variants: {
    post: {
      severity: 'critical',
      text: 'An open endpoint takes a request that every web page can send (foreign Origin, text/plain).',
    },
    rebinding: {
      severity: 'critical',
      text: 'The open endpoint {endpoint} is served under a foreign host name, so a web page can reach it by DNS rebinding.',
    },
  },
  *run(model, hit) {
    const post = live(model, 'crossSitePost');
    const host = live(model, 'foreignHost');
    const at = keyRef('gateway', 'auth');
    if (post.known && post.value) yield hit('post', { at });
    if (host.known && host.value.accepted && host.value.open)
      yield hit('rebinding', { at, args: { endpoint: host.value.endpoint } });
    if (!host.known) yield notSeen(host, at);
    // Without an open endpoint there is nothing that a foreign page could post to.
    else if (!post.known && (isOpenToAll(model) || (probeOf(model).live?.http.length ?? 0) === 0))
      yield notSeen(post, at);
  },
});
