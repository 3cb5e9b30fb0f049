import { cases } from '../../core/cases.ts';

export default cases('browser.remote_cdp_http', {
  fail: [
    {
      name: 'for all',
      config: `{ browser: { cdpUrl: 'http://10.0.0.5:9222' } }`,
      expect: [{ variant: 'plain', at: 'browser.cdpUrl' }],
    },
    {
      name: 'a profile that inherits the host',
      config: `{ browser: { cdpUrl: 'http://10.0.0.5:9222', profiles: { work: { cdpPort: 18801 }, openclaw: { cdpUrl: 'https://b.example' } } } }`,
      expect: [{ variant: 'plain', at: 'browser.profiles.work' }],
    },
    {
      name: 'a plain web socket in 2026.9.6',
      version: '2026.9.6',
      config: `{ browser: { profiles: { r: { cdpUrl: 'ws://browser.example:3000?token=abc' } } } }`,
      expect: [{ variant: 'plain', at: 'browser.profiles.r.cdpUrl' }],
    },
  ],
  pass: [{ name: 'encrypted', config: `{ browser: { cdpUrl: 'https://b.example:9222' } }` }],
  near: [
    { name: 'IPv6 loopback', config: `{ browser: { cdpUrl: 'http://[::1]:9222' } }` },
    { name: 'nothing written', config: '{}' },
  ],
});
