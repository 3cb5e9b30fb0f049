import { notApplicable } from '../../core/check.ts';
import { keyRef } from '../../core/ref.ts';
import { isBundledPlugin } from '../../model/data/bundled-plugins.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'plugins.allow_phantom_entries',
  title: 'The plugin allowlist names plugins that are not there',
  why: 'The name is free: whatever is later installed or dropped under it is trusted at once.',
  remedy: 'Remove the entry from plugins.allow, or install the plugin you meant.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config', 'plugins', 'machine'],
  appliesTo: { from: '2026.8.1' },
  variants: { phantom: { severity: 'warn', text: 'No plugin is installed for {entries}.' } },
  *run({ plugins, snapshot, settings }, hit) {
    if (!plugins.allow) return yield notApplicable('plugins.allow is empty');
    if (plugins.extensions.length === 0) return yield notApplicable('there is no plugin in the extensions directory');
    const present = new Set(
      [
        ...plugins.extensions.flatMap((d) => [d.name, d.id ?? '']),
        ...plugins.elsewhere.flatMap((d) => [d.name, d.id ?? '']),
        ...snapshot.machine.indexedPlugins,
        ...plugins.records.filter((r) => r.kind === 'plugin').map((r) => r.id),
      ].map((n) => n.toLowerCase()),
    );
    const list = settings.value('plugins', 'allow');
    const items = list?.kind === 'array' ? list.items : [];
    const phantom = items.flatMap((item, i) => {
      const name = item.kind === 'string' ? item.value.trim().toLowerCase() : '';
      if (!name || name === 'group:plugins' || present.has(name) || isBundledPlugin(name)) return [];
      return [{ name, at: keyRef('plugins', 'allow', i) }];
    });
    const first = phantom[0];
    if (first)
      yield hit('phantom', { at: first, also: phantom.slice(1), args: { entries: phantom.map((p) => p.name) } });
  },
});
