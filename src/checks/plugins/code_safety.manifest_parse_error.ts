import { fileRef } from '../../core/ref.ts';
import { pluginEntries } from '../_families/entries.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'plugins.code_safety.manifest_parse_error',
  title: 'The package.json of a plugin cannot be read',
  why: 'It says which files the plugin starts and what it depends on. Without it nobody can tell what would run.',
  remedy: 'Install the plugin "{plugin}" again from its publisher, or remove {directory}.',
  since: '0.1.0',
  confidence: 'high',
  // Only with --deep, as in OpenClaw's own audit.
  needs: ['plugins', 'gateway'],
  appliesTo: { from: '2026.8.1' },
  variants: {
    broken: { severity: 'warn', text: 'The package.json of "{plugin}" cannot be read: {reason}.' },
  },
  *run(model, hit) {
    for (const { plugin, packageJson } of pluginEntries(model)) {
      const reason = plugin.package?.error;
      if (reason === undefined) continue;
      yield hit('broken', {
        at: fileRef(packageJson),
        args: { plugin: plugin.id ?? plugin.name, directory: plugin.path, reason },
      });
    }
  },
});
