import { notApplicable } from '../../core/check.ts';
import { formatKeyPath, keyRef } from '../../core/ref.ts';
import { normalizeAccountId } from '../../model/channels/accounts.ts';
import { hasWildcard } from '../../model/channels/raw.ts';
import { channelSpec } from '../../model/channels/specs.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.<provider>.dm.wildcard_routing_unverified.<account>',
  title: 'Everybody may write on {provider}, and where it goes is not known',
  why: 'The channel comes from a plugin with rules of its own: which agent and which conversation a stranger reaches cannot be told from the config.',
  remedy: 'List people instead of "*" in {key}, or check the routing of the plugin yourself.',
  since: '0.1.0',
  confidence: 'low',
  needs: ['config'],
  appliesTo: { from: '2026.8.1' },
  variants: { unverified: { severity: 'warn', text: '{key} holds "*".' } },
  *run({ channelScopes, settings }, hit) {
    const foreign = channelScopes.filter((s) => !s.disabled && s.channel !== 'defaults' && !channelSpec(s.channel));
    if (foreign.length === 0) return yield notApplicable('every channel is one that OpenClaw brings');
    for (const scope of foreign) {
      for (const list of [['allowFrom'], ['dm', 'allowFrom']]) {
        const path = [...scope.path, ...list];
        if (!hasWildcard(settings, path)) continue;
        yield hit('unverified', {
          at: keyRef(...path),
          args: {
            provider: scope.channel,
            account: normalizeAccountId(scope.account ?? 'default'),
            key: formatKeyPath(path),
          },
        });
      }
    }
  },
});
