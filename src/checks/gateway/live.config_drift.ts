import { keyRef } from '../../core/ref.ts';
import type { Model } from '../../model/model.ts';
import { isAuditedGateway, live, notSeen } from '../_families/live.ts';
import { defineCheck } from '../define.ts';

const MODES = ['none', 'token', 'password', 'trusted-proxy'];

export default defineCheck({
  id: 'gateway.live.config_drift',
  title: 'The running gateway does not run with the audited config',
  why: 'This audit judges the file. What runs was started with other settings, so a danger may be in force that no longer stands in the file, and a fix in the file protects nothing yet.',
  remedy: 'Run `openclaw gateway restart`, then audit again.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'gateway'],
  variants: {
    'other-file': {
      severity: 'warn',
      text: 'The running gateway reads {path}, not the audited config.',
      remedy: 'Audit the file that it reads with `--config`, or restart the gateway with this one.',
    },
    invalid: {
      severity: 'warn',
      text: 'The running gateway finds its config file invalid and goes on with earlier settings.',
      remedy: 'See what is wrong with `openclaw doctor`, correct the file, then `openclaw gateway restart`.',
    },
    'auth-mode': {
      severity: 'warn',
      text: 'The running gateway authenticates by "{running}", and the config says "{written}".',
    },
    'not-applied': {
      severity: 'warn',
      text: 'The gateway says that the settings in force are not those of its config file.',
    },
    'reload-off': {
      severity: 'warn',
      text: 'The config changed after the gateway started to serve, and gateway.reload.mode is "off".',
    },
    'changed-since': {
      severity: 'info',
      text: 'The config changed after the gateway started to serve. This version does not tell whether the change is in force.',
    },
  },
  *run(model, hit) {
    const at = keyRef('gateway');
    if (!isAuditedGateway(model))
      return yield notSeen({ reason: 'another gateway than that of the config was asked' }, at);
    const path = live(model, 'configPath');
    if (path.known && !auditedPaths(model).includes(path.value))
      return yield hit('other-file', { at, args: { path: path.value } });
    const valid = live(model, 'configValid');
    if (valid.known && !valid.value) return yield hit('invalid', { at });
    const running = live(model, 'authMode');
    const { resolvedAuthMode: written } = model.gateway;
    if (running.known && written.known && MODES.includes(running.value) && running.value !== written.value)
      return yield hit('auth-mode', { at: written, args: { running: running.value, written: written.value } });
    const applied = live(model, 'configApplied');
    if (applied.known) {
      if (!applied.value) yield hit('not-applied', { at });
      return;
    }
    const changed = live(model, 'configChangedAt');
    const since = live(model, 'servingSince');
    if (!changed.known) return yield notSeen(changed, at);
    if (!since.known) return yield notSeen(since, at);
    if (changed.value <= since.value) return;
    const reload = model.settings.string(['gateway', 'reload', 'mode'], undefined);
    if (reload.value === 'off') return yield hit('reload-off', { at: reload });
    // Without a session a newer version was not asked either, although it would tell.
    const session = live(model, 'accepted');
    if (session.known && session.value) yield hit('changed-since', { at });
    else yield notSeen(applied, at);
  },
});

/** The names under which the audited config may be known to the gateway. */
function auditedPaths({ snapshot }: Model): string[] {
  const { configPath } = snapshot.home;
  const real = snapshot.files.named.find((f) => f.path === configPath)?.link?.real;
  return real === undefined ? [configPath] : [configPath, real];
}
