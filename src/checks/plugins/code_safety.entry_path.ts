import { fileRef } from '../../core/ref.ts';
import { pluginEntries } from '../_families/entries.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'plugins.code_safety.entry_path',
  title: 'A plugin starts in a directory that reviews skip',
  why: 'Editors, code reviews and scanners pass over hidden directories and node_modules. Code that is meant to be seen does not start there.',
  remedy: 'Read {file} before you trust the plugin "{plugin}", or remove it (`openclaw plugins uninstall {plugin}`).',
  since: '0.1.0',
  confidence: 'medium',
  // Only with --deep, as in OpenClaw's own audit.
  needs: ['plugins', 'gateway'],
  variants: {
    hidden: {
      severity: 'warn',
      text: 'openclaw.extensions of "{plugin}" names {entry}, in a hidden directory or file.',
    },
    node_modules: { severity: 'warn', text: 'openclaw.extensions of "{plugin}" names {entry}, below node_modules.' },
  },
  *run(model, hit) {
    for (const { plugin, packageJson, entries } of pluginEntries(model)) {
      for (const { text, place } of entries) {
        if (place !== 'hidden' && place !== 'node_modules') continue;
        yield hit(place, {
          at: fileRef(packageJson),
          args: { plugin: plugin.id ?? plugin.name, entry: text, file: `${text} of ${plugin.path}` },
        });
      }
    }
  },
});
