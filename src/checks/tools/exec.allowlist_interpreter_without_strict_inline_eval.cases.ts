import { cases } from '../../core/cases.ts';

const approved = (config: string, ...allowlist: string[]) => ({
  version: '2026.9.6',
  config,
  snapshot: {
    machine: {
      databases: [],
      indexedPlugins: [],
      mcporter: { status: 'missing' as const, servers: [] },
      execApprovals: {
        path: '/home/u/.openclaw/state/openclaw.sqlite',
        defaults: { allowlist: [] },
        agents: { main: { allowlist } },
      },
    },
  },
});

export default cases('tools.exec.allowlist_interpreter_without_strict_inline_eval', {
  fail: [
    {
      name: 'python',
      ...approved('{}', '/usr/bin/git', '/usr/bin/python3.11'),
      expect: [{ variant: 'inline', at: '~state/state/openclaw.sqlite' }],
    },
    { name: 'a glob', ...approved('{}', '**/node*'), expect: [{ variant: 'inline' }] },
  ],
  pass: [{ name: 'inline code is refused', ...approved('{ tools: { exec: { strictInlineEval: true } } }', 'python3') }],
  near: [
    { name: 'other programs', ...approved('{}', '/usr/bin/git', 'pythonista') },
    {
      name: 'refused for this agent',
      ...approved('{ agents: { entries: { main: { tools: { exec: { strictInlineEval: true } } } } } }', 'node'),
    },
  ],
  unknown: [
    {
      name: 'a word where a switch belongs',
      ...approved(`{ tools: { exec: { strictInlineEval: 'on' } } }`, 'python3'),
    },
  ],
  notApplicable: [{ name: 'no approvals', version: '2026.9.6', config: '{}' }],
});
