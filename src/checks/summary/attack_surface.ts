import { keyRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'summary.attack_surface',
  title: 'What can be reached, in one line',
  why: 'One OpenClaw gateway is one trust boundary: whoever may talk to an agent shares its tools and its memory.',
  remedy: 'Read it against what you meant; the findings say what to change.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    surface: {
      severity: 'info',
      text: 'Channels with open groups: {open}, with listed groups: {allowlist}. Elevated tools {elevated}, webhooks {webhooks}, internal hooks {internal}, browser control {browser}.',
    },
  },
  *run({ channelScopes, settings, hooks, snapshot }, hit) {
    const top = channelScopes.filter((s) => s.account === undefined && !s.disabled);
    const onOff = (value: boolean | undefined, fallback: boolean) => ((value ?? fallback) ? 'on' : 'off');
    yield hit('surface', {
      at: settings.document.root ? keyRef() : { kind: 'file', path: snapshot.home.configPath },
      args: {
        open: top.filter((s) => s.groupPolicy === 'open').length,
        allowlist: top.filter((s) => s.groupPolicy === 'allowlist').length,
        elevated: onOff(settings.boolean(['tools', 'elevated', 'enabled'], true).value, true),
        webhooks: onOff(hooks.enabled.value, false),
        internal: onOff(settings.boolean(['hooks', 'internal', 'enabled'], false).value, false),
        browser: onOff(settings.boolean(['browser', 'enabled'], true).value, true),
      },
    });
  },
});
