import { cases } from '../../core/cases.ts';

export default cases('hooks.allowed_agent_ids_unrestricted', {
  fail: [
    {
      name: 'not set',
      version: '2026.9.6',
      config: `{ hooks: { enabled: true, path: '/h' } }`,
      expect: [{ variant: 'local', at: 'hooks.allowedAgentIds' }],
    },
    {
      name: 'a star on the lan',
      version: '2026.9.6',
      config: `{ gateway: { bind: 'lan' }, hooks: { enabled: true, allowedAgentIds: ['*'] } }`,
      expect: [{ variant: 'exposed' }],
    },
  ],
  pass: [
    { name: 'one agent', version: '2026.9.6', config: `{ hooks: { enabled: true, allowedAgentIds: ['inbox'] } }` },
  ],
  near: [
    {
      name: 'an empty list denies all',
      version: '2026.9.6',
      config: `{ hooks: { enabled: true, allowedAgentIds: [] } }`,
    },
    { name: 'webhooks are off', version: '2026.9.6', config: `{ hooks: { enabled: false, path: '/h' } }` },
  ],
  unknown: [
    { name: 'an id is unset', version: '2026.9.6', config: "{ hooks: { enabled: true, allowedAgentIds: ['${A}'] } }" },
  ],
});
