import { cases } from '../../core/cases.ts';

const deep = (browser: string) => ({
  version: '2026.9.6',
  config: `{ browser: { ${browser} } }`,
  snapshot: { gateway: { attempted: true, url: 'ws://127.0.0.1:18789', ok: false, error: 'refused', close: null } },
});
const ALLOW = 'ssrfPolicy: { dangerouslyAllowPrivateNetwork: true }';

export default cases('browser.remote_cdp_private_host', {
  fail: [
    {
      name: 'a private address',
      ...deep(`${ALLOW}, cdpUrl: 'https://192.168.1.5:9222'`),
      expect: [{ variant: 'private', at: 'browser.cdpUrl' }],
    },
  ],
  pass: [{ name: 'a public host', ...deep(`${ALLOW}, cdpUrl: 'https://browser.example:9222'`) }],
  near: [
    { name: 'private networks are not allowed', ...deep(`cdpUrl: 'https://192.168.1.5:9222'`) },
    { name: 'this machine', ...deep(`${ALLOW}, cdpUrl: 'http://127.0.0.1:9222'`) },
  ],
});
