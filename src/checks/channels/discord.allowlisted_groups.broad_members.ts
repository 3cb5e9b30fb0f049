import { notApplicable } from '../../core/check.ts';
import { broadDiscordPlaces } from '../../model/channels/discord.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.discord.allowlisted_groups.broad_members',
  title: 'Every member of a listed Discord place may write to the bot',
  why: 'The place is listed, its people are not: whoever is let into the server writes prompts.',
  remedy: 'List users or roles of the guild or channel.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config', 'env'],
  appliesTo: { from: '2026.8.1' },
  variants: { broad: { severity: 'warn', text: 'No users and no roles are listed for {places}.' } },
  *run({ liveAccounts, settings }, hit) {
    const discord = liveAccounts.filter((a) => a.channel === 'discord' && a.groupPolicy?.value === 'allowlist');
    if (discord.length === 0) return yield notApplicable('no Discord account has listed groups');
    for (const account of discord) {
      const places = broadDiscordPlaces(settings, account);
      const first = places[0];
      if (first) yield hit('broad', { at: first, also: places.slice(1), args: { places: places.map((p) => p.label) } });
    }
  },
});
