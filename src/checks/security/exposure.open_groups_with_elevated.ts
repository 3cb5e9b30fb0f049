import { notApplicable, unknown } from '../../core/check.ts';
import { followed } from '../_families/exposure-path.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'security.exposure.open_groups_with_elevated',
  title: 'Strangers can reach an agent while elevated tools are on',
  why: 'A message from anybody is a prompt; with elevated mode available the way from there to the host is one approval or one slip.',
  remedy:
    'Close the door, e.g. `openclaw config set {key} allowlist`, or run `openclaw config set tools.elevated.enabled false`.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config'],
  variants: { open: { severity: 'critical', text: 'Open: {doors}. tools.elevated.enabled is not false.{followed}' } },
  *run(model, hit) {
    const { exposure, settings } = model;
    const { openInbound } = exposure;
    const first = openInbound[0];
    if (!first) return yield notApplicable('no channel is open to strangers');
    const elevated = settings.boolean(['tools', 'elevated', 'enabled'], true);
    if (!elevated.known) return yield unknown(elevated);
    if (!elevated.value) return;
    yield hit('open', {
      at: first,
      also: [...openInbound.slice(1), elevated],
      args: { followed: followed(model), doors: openInbound.map((d) => d.key), key: first.key },
    });
  },
});
