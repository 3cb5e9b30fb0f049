import { cases } from '../../core/cases.ts';
import { probed } from '../_families/probed.ts';

const V = '2026.3.7';

export default cases('browser.control_no_auth', {
  fail: [
    { name: 'an empty config', version: V, config: '{}', expect: [{ variant: 'open', at: 'browser.enabled' }] },
    {
      name: 'a proxy in front helps nothing here',
      version: V,
      config: `{ gateway: { auth: { mode: 'trusted-proxy' } } }`,
      expect: [{ variant: 'open' }],
    },
    {
      name: 'the token of a remote gateway',
      version: V,
      config: `{ gateway: { remote: { token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
      expect: [{ variant: 'open' }],
    },
  ],
  pass: [
    { name: 'a token', version: V, config: `{ gateway: { auth: { token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }` },
  ],
  near: [
    { name: 'browser control is off', version: V, config: '{ browser: { enabled: false } }' },
    {
      name: 'a token counts in mode none',
      version: V,
      config: `{ gateway: { auth: { mode: 'none', token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
    },
    {
      name: 'a password in mode token',
      version: V,
      config: `{ gateway: { auth: { mode: 'token', password: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`,
    },
  ],
  unknown: [
    {
      name: 'a file reference',
      version: V,
      config: `{ gateway: { auth: { token: { source: 'file', provider: 'f', id: 't' } } } }`,
    },
  ],
  notApplicable: [
    { name: '2026.9.6 makes a secret of its own', version: '2026.9.6', config: '{}' },
    { name: 'also when its gateway was asked', version: '2026.9.6', config: '{}', snapshot: probed() },
  ],
});
