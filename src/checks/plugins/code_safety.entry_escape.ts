import { fileRef } from '../../core/ref.ts';
import { pluginEntries } from '../_families/entries.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'plugins.code_safety.entry_escape',
  title: 'A plugin starts code outside of its own directory',
  why: 'What is reviewed, scanned or pinned as the plugin is not what runs. Whoever can write the other place runs code inside the gateway.',
  remedy:
    'Remove the plugin "{plugin}" (`openclaw plugins uninstall {plugin}`), or correct openclaw.extensions in its package.json.',
  since: '0.1.0',
  confidence: 'high',
  // Only with --deep, as in OpenClaw's own audit.
  needs: ['plugins', 'gateway'],
  variants: {
    outside: {
      severity: 'critical',
      text: 'openclaw.extensions of "{plugin}" names {entries}, outside of {directory}.',
    },
  },
  *run(model, hit) {
    for (const { plugin, packageJson, entries } of pluginEntries(model)) {
      const outside = entries.filter((e) => e.place === 'outside').map((e) => e.text);
      if (outside.length === 0) continue;
      yield hit('outside', {
        at: fileRef(packageJson),
        args: { plugin: plugin.id ?? plugin.name, entries: outside, directory: plugin.path },
      });
    }
  },
});
