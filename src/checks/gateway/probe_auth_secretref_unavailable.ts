import { keyRef } from '../../core/ref.ts';
import { probeOf } from '../_families/live.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.probe_auth_secretref_unavailable',
  title: 'The gateway was asked without its secret, a reference',
  why: 'Without its secret only the outside of the gateway is seen; its session, its settings in force and its scopes are not.',
  remedy:
    'Set the variable in the environment of this command, or give the secret for this run with `--token` or `--password`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env', 'gateway'],
  variants: {
    reference: { severity: 'warn', text: '{key} is a reference whose value is not available here: {reason}.' },
  },
  *run(model, hit) {
    const facts = probeOf(model).live;
    if (facts?.credential.kind !== 'none') return;
    const { urlSource, credential } = facts;
    // For an address given otherwise the secrets of the config are not meant.
    if (urlSource !== 'local' && urlSource !== 'remote-url') return;
    const { token, password, authMode } = model.gateway;
    const kinds = { token, password };
    const missing = (kind: 'token' | 'password') => {
      const { state } = urlSource === 'local' ? kinds[kind].configured : kinds[kind].remote;
      return state === 'reference' || state === 'unresolved';
    };
    const mode = urlSource === 'local' && authMode.known ? authMode.value : undefined;
    const wanted = mode === undefined ? (['token', 'password'] as const) : [mode];
    const kind = (['token', 'password'] as const).find((k) => wanted.some((w) => w === k) && missing(k));
    if (!kind) return;
    const at = keyRef('gateway', urlSource === 'local' ? 'auth' : 'remote', kind);
    yield hit('reference', {
      at,
      args: {
        key: `gateway.${urlSource === 'local' ? 'auth' : 'remote'}.${kind}`,
        reason: credential.reason ?? 'it is not read here',
      },
    });
  },
});
