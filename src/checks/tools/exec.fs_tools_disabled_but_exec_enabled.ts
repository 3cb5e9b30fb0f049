import { unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'tools.exec.fs_tools_disabled_but_exec_enabled',
  title: 'File tools are denied, and commands can still write files',
  why: 'Denying write, edit and apply_patch looks like a read-only agent; a shell writes what it likes.',
  remedy:
    'Deny exec as well (tools.deny: ["group:runtime"]), or sandbox every session without write access to the workspace.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  appliesTo: { from: '2026.8.1' },
  variants: {
    drift: { severity: 'warn', text: 'write, edit and apply_patch are not available and exec is: {scopes}.' },
  },
  *run({ toolContexts, execScopes }, hit) {
    const found = [];
    for (const [i, context] of toolContexts.entries()) {
      const tools = context.policy.allowed(['write', 'edit', 'apply_patch', 'exec']);
      if (!tools.known) return yield unknown(tools);
      if (tools.value.length !== 1 || tools.value[0] !== 'exec') continue;
      const { mode, workspaceAccess } = context.sandbox;
      if (!mode.known) return yield unknown(mode);
      const host = execScopes[i]!.host.value;
      const fenced = mode.value === 'all' && host !== 'gateway' && host !== 'node' && workspaceAccess.value !== 'rw';
      if (!fenced) found.push({ at: tools.at, label: context.agent ? context.label : 'tools' });
    }
    const first = found[0];
    if (first) yield hit('drift', { at: first, also: found.slice(1), args: { scopes: found.map((f) => f.label) } });
  },
});
