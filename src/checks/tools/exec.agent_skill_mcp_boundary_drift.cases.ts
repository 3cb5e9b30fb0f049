import { cases } from '../../core/cases.ts';

const home = (agent: string, servers = `{ files: { command: 'mcp-files' } }`) => ({
  version: '2026.9.6',
  config: `{ agents: { entries: { a: { ${agent} } } }, mcp: { servers: ${servers} } }`,
});

export default cases('tools.exec.agent_skill_mcp_boundary_drift', {
  fail: [
    {
      name: 'limited skills and a server',
      ...home(`skills: ['notes']`),
      expect: [{ variant: 'drift', at: 'agents.entries.a.skills' }],
    },
  ],
  pass: [{ name: 'no server', ...home(`skills: ['notes']`, '{}') }],
  near: [
    { name: 'skills are not limited', ...home(`model: 'x'`) },
    { name: 'the server is off', ...home(`skills: ['notes']`, `{ files: { command: 'mcp-files', enabled: false } }`) },
    { name: 'commands are denied', ...home(`skills: ['notes'], tools: { exec: { security: 'deny' } }`) },
    { name: 'sandboxed', ...home(`skills: ['notes'], sandbox: { mode: 'all' }`) },
  ],
});
