import { cases } from '../../core/cases.ts';

export default cases('discovery.mdns_full_mode', {
  fail: [
    {
      name: 'loopback',
      config: `{ discovery: { mdns: { mode: 'full' } } }`,
      after: `{ discovery: { mdns: { mode: 'minimal' } } }`,
      expect: [{ variant: 'local', at: 'discovery.mdns.mode' }],
    },
    {
      name: 'lan',
      config: `{ gateway: { bind: 'lan' }, discovery: { mdns: { mode: 'full' } } }`,
      expect: [{ variant: 'exposed' }],
    },
  ],
  pass: [{ name: 'minimal is the default', config: '{}' }],
  near: [
    { name: 'off', config: `{ gateway: { bind: 'lan' }, discovery: { mdns: { mode: 'off' } } }` },
    {
      name: 'switched off by the environment',
      config: `{ discovery: { mdns: { mode: 'full' } } }`,
      env: { OPENCLAW_DISABLE_BONJOUR: '1' },
    },
  ],
  unknown: [{ name: 'an unset variable', config: "{ discovery: { mdns: { mode: '${M}' } } }" }],
});
