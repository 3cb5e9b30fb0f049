import { cases } from '../../core/cases.ts';

export default cases('fs.other_agent.perms', {
  fail: [
    {
      name: '0644',
      config: '{}',
      files: { '~state/agents/old/agent/auth-profiles.json': { role: 'auth-profiles', agent: 'old', mode: 0o644 } },
      expect: [{ variant: 'loose', at: '~state/agents/old/agent/auth-profiles.json' }],
    },
  ],
  pass: [
    {
      name: 'private',
      config: '{}',
      files: { '~state/agents/old/agent/auth-profiles.json': { role: 'auth-profiles', agent: 'old', mode: 0o600 } },
    },
  ],
  near: [
    {
      name: 'searchable only',
      config: '{}',
      files: { '~state/agents/old/agent/auth-profiles.json': { role: 'auth-profiles', agent: 'old', mode: 0o611 } },
    },
  ],
  unknown: [
    {
      name: 'its mode cannot be read',
      config: '{}',
      files: {
        '~state/agents/old/agent/auth-profiles.json': {
          role: 'auth-profiles',
          kind: 'unreadable',
          mode: 0,
          error: 'permission denied',
          agent: 'old',
        },
      },
    },
  ],
});
