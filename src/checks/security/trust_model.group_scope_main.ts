import { unknown } from '../../core/check.ts';
import { keyRef } from '../../core/ref.ts';
import { followed } from '../_families/exposure-path.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'security.trust_model.group_scope_main',
  title: 'Groups speak in your main session',
  why: 'What a group says lands in the conversation that has your history, and what the bot answers there may come from it.',
  remedy: 'Run `openclaw config set session.groupScope per-group`, and remove it from bindings.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  appliesTo: { from: '2026.8.1' },
  variants: { main: { severity: 'warn', text: 'session.groupScope is "main" in {places}.{followed}' } },
  *run(model, hit) {
    const { settings } = model;
    const found = [];
    const scope = settings.string(['session', 'groupScope'], undefined);
    if (!scope.known) return yield unknown(scope);
    if (scope.value === 'main') found.push({ at: scope.at, label: 'session' });
    for (let i = 0; i < settings.count('bindings'); i++) {
      const kind = settings.string(['bindings', i, 'match', 'peer', 'kind'], undefined);
      if (kind.value === 'direct' || kind.value === 'dm') continue;
      const own = settings.string(['bindings', i, 'session', 'groupScope'], undefined);
      if (own.value === 'main')
        found.push({ at: keyRef('bindings', i, 'session', 'groupScope'), label: `bindings[${i}]` });
    }
    const first = found[0];
    if (first)
      yield hit('main', {
        at: first,
        also: found.slice(1),
        args: { followed: followed(model), places: found.map((f) => f.label) },
      });
  },
});
