import { cases } from '../../core/cases.ts';

export default cases('fs.sessions_store.perms_readable', {
  fail: [
    {
      name: '0640',
      config: '{}',
      files: { '~state/agents/main/sessions/sessions.json': { role: 'sessions-store', agent: 'main', mode: 0o640 } },
      expect: [{ variant: 'loose', at: '~state/agents/main/sessions/sessions.json' }],
    },
    {
      name: '0644',
      config: '{}',
      files: { '~state/agents/main/sessions/sessions.json': { role: 'sessions-store', agent: 'main', mode: 0o644 } },
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
      name: 'writable only',
      config: '{}',
      files: { '~state/agents/main/sessions/sessions.json': { role: 'sessions-store', agent: 'main', mode: 0o622 } },
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
