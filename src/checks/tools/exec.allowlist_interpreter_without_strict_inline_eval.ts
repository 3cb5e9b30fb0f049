import { notApplicable, unknown } from '../../core/check.ts';
import { fileRef } from '../../core/ref.ts';
import { normalizeAgentId } from '../../model/agents.ts';
import { approvalInterpreter } from '../../model/data/interpreters.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'tools.exec.allowlist_interpreter_without_strict_inline_eval',
  title: 'An approved interpreter may be given any code inline',
  why: 'Approving python or node approves `python -c …` too, which is every command.',
  remedy: 'Run `openclaw config set tools.exec.strictInlineEval true`, or replace the pattern by the exact script.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['machine', 'config'],
  variants: {
    inline: { severity: 'warn', text: 'Approved: {patterns}. tools.exec.strictInlineEval is not on there.' },
  },
  *run({ snapshot, execScopes }, hit) {
    const approvals = snapshot.machine.execApprovals;
    if (!approvals) return yield notApplicable('there are no exec approvals');
    if (approvals.error) yield unknown({ known: false, reason: approvals.error, at: fileRef(approvals.path) });
    const found = [];
    for (const [id, { allowlist }] of Object.entries(approvals.agents)) {
      const risky = allowlist.filter((p) => approvalInterpreter(p));
      if (risky.length === 0) continue;
      const scope = execScopes.slice(1).find((s) => s.agent!.normalizedId === normalizeAgentId(id)) ?? execScopes[0]!;
      if (!scope.strictInlineEval.known) return yield unknown(scope.strictInlineEval);
      if (!scope.strictInlineEval.value) found.push(...risky.map((p) => `${p} (${id})`));
    }
    if (found.length > 0)
      yield hit('inline', {
        at: fileRef(approvals.path),
        also: [execScopes[0]!.strictInlineEval],
        args: { patterns: found },
      });
  },
});
