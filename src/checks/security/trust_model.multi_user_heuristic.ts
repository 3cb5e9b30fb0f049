import { notApplicable } from '../../core/check.ts';
import { describeContext, isRisky } from '../../model/tools/contexts.ts';
import { followed } from '../_families/exposure-path.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'security.trust_model.multi_user_heuristic',
  title: 'Several people seem to talk to one bot',
  why: 'OpenClaw assumes one trusted operator per gateway: people who share an agent share its tools, its memory and its files, and can speak through each other.',
  remedy:
    'If they do not all trust each other, give each group a gateway of its own; otherwise set `openclaw config set session.dmScope per-channel-peer`, sandbox every session and deny what they do not need.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config'],
  variants: {
    risky: { severity: 'warn', text: 'Signs: {signs}. Unfenced tools in {contexts}.{followed}' },
    fenced: { severity: 'warn', text: 'Signs: {signs}. Tools are sandboxed or denied.{followed}' },
  },
  *run(model, hit) {
    const { exposure, toolContexts } = model;
    const { multiUser } = exposure;
    const first = multiUser[0];
    if (!first) return yield notApplicable('nothing suggests more than one user');
    const risky = toolContexts.filter((c) => isRisky(c).value);
    yield hit(risky.length > 0 ? 'risky' : 'fenced', {
      at: first,
      also: multiUser.slice(1),
      args: { followed: followed(model), signs: multiUser.map((d) => d.key), contexts: risky.map(describeContext) },
    });
  },
});
