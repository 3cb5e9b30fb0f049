import { cases } from '../../core/cases.ts';

export default cases('browser.control_invalid_config', {
  fail: [
    {
      name: 'no address',
      config: `{ browser: { cdpUrl: 'not a url' } }`,
      expect: [{ variant: 'invalid', at: 'browser.cdpUrl' }],
    },
    {
      name: 'another protocol',
      config: `{ browser: { cdpUrl: 'ftp://127.0.0.1:21' } }`,
      expect: [{ variant: 'invalid' }],
    },
    {
      name: 'a web socket before 2026.8.1',
      version: '2026.3.7',
      config: `{ browser: { cdpUrl: 'ws://127.0.0.1:9222' } }`,
      expect: [{ variant: 'invalid' }],
    },
    {
      name: 'no room for ports',
      config: '{ browser: { cdpPortRangeStart: 65500 } }',
      expect: [{ variant: 'invalid', at: 'browser.cdpPortRangeStart' }],
    },
  ],
  pass: [{ name: 'an address', config: `{ browser: { cdpUrl: 'http://127.0.0.1:9222' } }` }],
  near: [
    { name: 'a web socket in 2026.9.6', version: '2026.9.6', config: `{ browser: { cdpUrl: 'ws://127.0.0.1:9222' } }` },
  ],
});
