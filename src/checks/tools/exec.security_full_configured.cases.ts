import { cases } from '../../core/cases.ts';

export default cases('tools.exec.security_full_configured', {
  fail: [
    {
      name: 'full',
      config: `{ tools: { exec: { security: 'full' } } }`,
      expect: [{ variant: 'closed', at: 'tools.exec.security' }],
    },
    {
      name: 'with a door open somewhere',
      config: `{ tools: { exec: { security: 'full' } }, channels: { telegram: { groups: { '-1': { groupPolicy: 'open' } } } } }`,
      expect: [{ variant: 'open' }],
    },
    {
      name: 'the newer spelling of one agent',
      version: '2026.9.6',
      config: `{ agents: { entries: { dev: { tools: { exec: { mode: 'full' } } } } } }`,
      expect: [{ variant: 'closed', at: 'agents.entries.dev.tools.exec.mode' }],
    },
  ],
  pass: [{ name: 'a list', config: `{ tools: { exec: { security: 'allowlist' } } }` }],
  near: [
    { name: 'nothing written', config: '{}' },
    {
      name: 'mode wins over security',
      version: '2026.9.6',
      config: `{ tools: { exec: { mode: 'ask', security: 'full' } } }`,
    },
  ],
  unknown: [{ name: 'unset variable', config: "{ tools: { exec: { security: '${S}' } } }" }],
});
