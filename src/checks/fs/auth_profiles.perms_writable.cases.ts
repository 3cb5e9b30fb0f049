import { cases } from '../../core/cases.ts';

export default cases('fs.auth_profiles.perms_writable', {
  fail: [
    {
      name: '0602',
      config: '{}',
      files: { '~state/agents/main/agent/auth-profiles.json': { role: 'auth-profiles', agent: 'main', mode: 0o602 } },
      expect: [{ variant: 'loose', at: '~state/agents/main/agent/auth-profiles.json' }],
    },
    {
      name: '0660',
      config: '{}',
      files: { '~state/agents/main/agent/auth-profiles.json': { role: 'auth-profiles', agent: 'main', mode: 0o660 } },
      expect: [{ variant: 'loose', at: '~state/agents/main/agent/auth-profiles.json' }],
    },
  ],
  pass: [
    {
      name: 'private',
      config: '{}',
      files: { '~state/agents/main/agent/auth-profiles.json': { role: 'auth-profiles', agent: 'main', mode: 0o600 } },
    },
  ],
  near: [
    {
      name: 'readable is another finding',
      config: '{}',
      files: { '~state/agents/main/agent/auth-profiles.json': { role: 'auth-profiles', agent: 'main', mode: 0o644 } },
    },
  ],
  unknown: [
    {
      name: 'its mode cannot be read',
      config: '{}',
      files: {
        '~state/agents/main/agent/auth-profiles.json': {
          role: 'auth-profiles',
          kind: 'unreadable',
          mode: 0,
          error: 'permission denied',
          agent: 'main',
        },
      },
    },
  ],
});
