import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'hooks.default_session_key_unset',
  title: 'Webhook runs have no session of their own',
  why: 'Text from outside may land in a conversation that has your history and your trust.',
  remedy: 'Run `openclaw config set hooks.defaultSessionKey hook:ingress`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { unset: { severity: 'warn', text: 'hooks.defaultSessionKey is not set.' } },
  *run({ hooks }, hit) {
    const { enabled, defaultSessionKey } = hooks;
    if (!enabled.known) return yield unknown(enabled);
    if (!enabled.value) return yield notApplicable('webhooks are off');
    if (!defaultSessionKey.known) return yield unknown(defaultSessionKey);
    if (defaultSessionKey.value?.trim()) return;
    yield hit('unset', {
      at: defaultSessionKey,
      fixes: [
        {
          title: 'Give webhooks a session of their own',
          safety: 'unsafe',
          ops: [{ op: 'set', key: ['hooks', 'defaultSessionKey'], value: 'hook:ingress' }],
          sideEffect: 'Webhook runs no longer see earlier conversations.',
        },
      ],
    });
  },
});
