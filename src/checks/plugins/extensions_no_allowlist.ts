import { notApplicable } from '../../core/check.ts';
import { fileRef } from '../../core/ref.ts';
import { nativeSkillChannels } from '../../model/channels/native-skills.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'plugins.extensions_no_allowlist',
  title: 'Any plugin that lands in the extensions directory is loaded',
  why: 'Plugins run inside the gateway with all its rights; without a list, whoever can write a file there runs code.',
  remedy: "List the ones you want: `openclaw config set plugins.allow '{list}'`.",
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'plugins', 'env'],
  variants: {
    unlisted: { severity: 'warn', text: 'plugins.allow is empty and {plugins} would be loaded.' },
    commands: {
      severity: 'critical',
      text: 'plugins.allow is empty, {plugins} would be loaded, and {channels} offers their skills as commands.',
    },
  },
  *run(model, hit) {
    const { extensions, allow } = model.plugins;
    if (extensions.length === 0) return yield notApplicable('there is no plugin in the extensions directory');
    if (allow) return;
    const channels = nativeSkillChannels(model);
    yield hit(channels.length > 0 ? 'commands' : 'unlisted', {
      at: { kind: 'key', path: ['plugins', 'allow'] },
      also: extensions.map((d) => fileRef(d.path)),
      args: {
        plugins: extensions.map((d) => d.name),
        channels,
        list: JSON.stringify(extensions.map((d) => d.id ?? d.name)),
      },
    });
  },
});
