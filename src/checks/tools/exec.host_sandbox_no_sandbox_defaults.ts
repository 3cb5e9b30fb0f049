import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'tools.exec.host_sandbox_no_sandbox_defaults',
  title: 'Commands are meant for a sandbox that is switched off',
  why: 'tools.exec.host says sandbox, and there is none: older versions then run commands on this host, newer ones refuse them.',
  remedy: 'Switch the sandbox on: `openclaw config set agents.defaults.sandbox.mode all`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    missing: { severity: 'warn', text: 'tools.exec.host is "sandbox" and agents.defaults.sandbox.mode is "off".' },
  },
  *run({ execScopes }, hit) {
    const { ownHost, sandboxMode } = execScopes[0]!;
    if (!ownHost.known) return yield unknown(ownHost);
    if (ownHost.value !== 'sandbox') return yield notApplicable('commands are not meant for the sandbox');
    if (!sandboxMode.known) return yield unknown(sandboxMode);
    if (sandboxMode.value !== 'off') return;
    yield hit('missing', {
      at: ownHost,
      also: [sandboxMode],
      fixes: [
        {
          title: 'Run every session in the sandbox',
          safety: 'unsafe',
          ops: [{ op: 'set', key: ['agents', 'defaults', 'sandbox', 'mode'], value: 'all' }],
          sideEffect: 'Docker is needed, and tools no longer see this host.',
        },
      ],
    });
  },
});
