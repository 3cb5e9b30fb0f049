import { cases } from '../../core/cases.ts';

const home = (browser: string, list = '[]') => ({
  version: '2026.3.7',
  config: `{ agents: { defaults: { sandbox: { browser: { ${browser} } } }, list: ${list} } }`,
});

export default cases('sandbox.browser_cdp_bridge_unrestricted', {
  fail: [
    {
      name: 'bridge',
      ...home(`enabled: true, network: ' Bridge '`),
      expect: [{ variant: 'open', at: 'agents.defaults.sandbox.browser.network' }],
    },
    {
      name: 'an agent of its own',
      ...home('enabled: false', `[{ id: 'a', sandbox: { browser: { enabled: true, network: 'bridge' } } }]`),
      expect: [{ variant: 'open', at: 'agents.list[0].sandbox.browser.network' }],
    },
  ],
  pass: [{ name: 'the default network', ...home('enabled: true') }],
  near: [
    { name: 'callers are limited', ...home(`enabled: true, network: 'bridge', cdpSourceRange: '172.21.0.1/32'`) },
    {
      name: 'a shared sandbox ignores what the agent says',
      ...home(
        'enabled: false',
        `[{ id: 'a', sandbox: { scope: 'shared', browser: { enabled: true, network: 'bridge' } } }]`,
      ),
    },
  ],
  unknown: [
    {
      name: 'unset variable',
      version: '2026.3.7',
      config: "{ agents: { defaults: { sandbox: { browser: { enabled: true, network: '${N}' } } } } }",
    },
  ],
});
