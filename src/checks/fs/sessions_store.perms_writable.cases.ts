import { cases } from '../../core/cases.ts';

export default cases('fs.sessions_store.perms_writable', {
  fail: [
    {
      name: '0622',
      config: '{}',
      files: { '~state/agents/main/sessions/sessions.json': { role: 'sessions-store', agent: 'main', mode: 0o622 } },
      expect: [{ variant: 'loose', at: '~state/agents/main/sessions/sessions.json' }],
    },
    {
      name: '0660',
      config: '{}',
      files: { '~state/agents/main/sessions/sessions.json': { role: 'sessions-store', agent: 'main', mode: 0o660 } },
      expect: [{ variant: 'loose', at: '~state/agents/main/sessions/sessions.json' }],
    },
  ],
  pass: [
    {
      name: 'private',
      config: '{}',
      files: { '~state/agents/main/sessions/sessions.json': { role: 'sessions-store', agent: 'main', mode: 0o600 } },
    },
  ],
  near: [
    {
      name: 'readable is another finding',
      config: '{}',
      files: { '~state/agents/main/sessions/sessions.json': { role: 'sessions-store', agent: 'main', mode: 0o644 } },
    },
  ],
  unknown: [
    {
      name: 'its mode cannot be read',
      config: '{}',
      files: {
        '~state/agents/main/sessions/sessions.json': {
          role: 'sessions-store',
          kind: 'unreadable',
          mode: 0,
          error: 'permission denied',
          agent: 'main',
        },
      },
    },
  ],
});
