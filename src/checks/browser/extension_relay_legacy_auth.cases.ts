import { cases } from '../../core/cases.ts';

const deep = (config: string) => ({
  version: '2026.9.6',
  config,
  snapshot: { gateway: { attempted: true, url: 'ws://127.0.0.1:18789', ok: false, error: 'refused', close: null } },
});

export default cases('browser.extension_relay_legacy_auth', {
  fail: [
    {
      name: 'allowed is the default',
      ...deep('{}'),
      expect: [{ variant: 'allowed', at: 'browser.extensionRelay.allowLegacyAuth' }],
    },
  ],
  pass: [{ name: 'switched off', ...deep('{ browser: { extensionRelay: { allowLegacyAuth: false } } }') }],
  near: [{ name: 'browser control is off', ...deep('{ browser: { enabled: false } }') }],
  unknown: [
    { name: 'a word where a switch belongs', ...deep(`{ browser: { extensionRelay: { allowLegacyAuth: 'no' } } }`) },
  ],
});
