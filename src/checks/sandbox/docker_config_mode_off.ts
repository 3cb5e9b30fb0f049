import { unknown } from '../../core/check.ts';
import { keyRef } from '../../core/ref.ts';
import { AGENT_DEFAULTS } from '../../model/agents.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'sandbox.docker_config_mode_off',
  title: 'Sandbox settings are written, and the sandbox is off',
  why: 'Limits for a container that is never started limit nothing; tools run on this host.',
  remedy: 'Switch it on: `openclaw config set agents.defaults.sandbox.mode all`, or remove the docker settings.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { off: { severity: 'warn', text: 'sandbox.mode is "off" for {scopes}.' } },
  *run({ toolContexts, settings }, hit) {
    const [defaults, ...agents] = toolContexts;
    const found = [];
    for (const context of toolContexts) {
      const path = [...(context.agent?.path ?? AGENT_DEFAULTS), 'sandbox', 'docker'];
      const docker = settings.object(...path);
      if (!docker || docker.entries.size === 0) continue;
      const { mode } = context.sandbox;
      if (!mode.known) return yield unknown(mode);
      if (mode.value !== 'off') continue;
      // The defaults matter to some agent that does run in a sandbox.
      if (context === defaults && agents.some((a) => a.sandbox.mode.value !== 'off')) continue;
      found.push({ at: keyRef(...path), label: context.label });
    }
    const first = found[0];
    if (first) yield hit('off', { at: first, also: found.slice(1), args: { scopes: found.map((f) => f.label) } });
  },
});
