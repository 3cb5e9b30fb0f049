import { cases } from '../../core/cases.ts';
import type { ExecApprovalScope } from '../../core/snapshot.ts';

const approvals = (defaults: Partial<ExecApprovalScope>, agents: Record<string, ExecApprovalScope> = {}) => ({
  config: '{}',
  snapshot: {
    machine: {
      databases: [],
      indexedPlugins: [],
      mcporter: { status: 'missing' as const, servers: [] },
      execApprovals: {
        path: '/home/u/.openclaw/exec-approvals.json',
        defaults: { allowlist: [], ...defaults },
        agents,
      },
    },
  },
});

export default cases('tools.exec.auto_allow_skills_enabled', {
  fail: [
    {
      name: 'for all',
      ...approvals({ autoAllowSkills: true }),
      expect: [{ variant: 'on', at: '~state/exec-approvals.json' }],
    },
    {
      name: 'for one agent',
      ...approvals({}, { dev: { autoAllowSkills: true, allowlist: [] } }),
      expect: [{ variant: 'on' }],
    },
  ],
  pass: [{ name: 'off', ...approvals({ autoAllowSkills: false }) }],
  near: [{ name: 'not said', ...approvals({}, { dev: { allowlist: ['/usr/bin/git'] } }) }],
  notApplicable: [{ name: 'no approvals', config: '{}' }],
});
