import { notApplicable, unknown } from '../../core/check.ts';
import { fileRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'tools.exec.auto_allow_skills_enabled',
  title: 'Programs that skills bring run without approval',
  why: 'Whoever gets a skill onto this machine gets its programs approved with it.',
  remedy: 'Switch it off with `openclaw approvals set --auto-allow-skills off`, then approve what you use.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['machine'],
  variants: { on: { severity: 'warn', text: 'autoAllowSkills is on in the exec approvals for {scopes}.' } },
  *run({ snapshot }, hit) {
    const approvals = snapshot.machine.execApprovals;
    if (!approvals) return yield notApplicable('there are no exec approvals');
    if (approvals.error) yield unknown({ known: false, reason: approvals.error, at: fileRef(approvals.path) });
    const scopes = [
      ...(approvals.defaults.autoAllowSkills ? ['the defaults'] : []),
      ...Object.keys(approvals.agents).filter((id) => approvals.agents[id]!.autoAllowSkills),
    ];
    if (scopes.length > 0) yield hit('on', { at: fileRef(approvals.path), args: { scopes } });
  },
});
