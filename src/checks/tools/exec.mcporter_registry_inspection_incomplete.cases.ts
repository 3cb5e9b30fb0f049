import { cases } from '../../core/cases.ts';

const home = (agent: string, status: 'missing' | 'ok' | 'unreadable') => ({
  version: '2026.9.6',
  config: `{ agents: { entries: { a: { ${agent} } } } }`,
  snapshot: { machine: { databases: [], indexedPlugins: [], mcporter: { status, servers: [] } } },
});

export default cases('tools.exec.mcporter_registry_inspection_incomplete', {
  fail: [
    {
      name: 'broken',
      ...home(`skills: ['notes']`, 'unreadable'),
      expect: [{ variant: 'unreadable', at: '~state/skills/config/mcporter.json' }],
    },
  ],
  pass: [{ name: 'readable', ...home(`skills: ['notes']`, 'ok') }],
  near: [
    { name: 'skills are not limited', ...home(`model: 'x'`, 'unreadable') },
    { name: 'absent', ...home(`skills: ['notes']`, 'missing') },
  ],
});
