import { cases } from '../../core/cases.ts';

export default cases('gateway.tools_invoke_http.dangerous_allow', {
  fail: [
    {
      name: 'loopback',
      version: '2026.3.7',
      config: `{ gateway: { tools: { allow: ['read', ' CRON '] } } }`,
      expect: [{ variant: 'local', at: 'gateway.tools.allow[1]' }],
    },
    {
      name: 'lan',
      config: `{ gateway: { bind: 'lan', tools: { allow: ['sessions_spawn'] } } }`,
      expect: [{ variant: 'exposed' }],
    },
    {
      name: 'funnel',
      config: `{ gateway: { tailscale: { mode: 'funnel' }, tools: { allow: ['gateway'] } } }`,
      expect: [{ variant: 'exposed' }],
    },
    {
      name: 'the older name of automations',
      version: '2026.9.6',
      config: `{ gateway: { tools: { allow: ['cron'] } } }`,
      expect: [{ variant: 'local' }],
    },
  ],
  pass: [{ name: 'nothing is allowed', config: '{}' }],
  near: [
    {
      name: 'groups and wildcards do not lift the default list',
      version: '2026.3.7',
      config: `{ gateway: { tools: { allow: ['group:automation', '*', 'exec'] } } }`,
    },
    { name: 'a harmless tool', config: `{ gateway: { bind: 'lan', tools: { allow: ['session_status'] } } }` },
  ],
  unknown: [
    {
      name: 'the bind is an unset variable',
      config: "{ gateway: { bind: '${BIND}', tools: { allow: ['gateway'] } } }",
    },
  ],
});
