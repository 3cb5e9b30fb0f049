import { cases } from '../../core/cases.ts';

const home = (tools: string, more = '') =>
  `{ gateway: { auth: { token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } },
     channels: { telegram: { botToken: '1:x', dmPolicy: 'open', allowFrom: ['*'] } }, tools: ${tools}${more} }`;
const APART = ", session: { dmScope: 'per-channel-peer' }";
const BROWSER = `{ allow: ['browser'] }`;
const policy = (value: string) => `${APART}, browser: { ssrfPolicy: { dangerouslyAllowPrivateNetwork: ${value} } }`;

export default cases('exposure.path.lan', {
  fail: [
    { name: 'the default browser', config: home(BROWSER, APART), expect: [{ variant: 'stranger' }] },
    {
      name: 'the newer browser, told to',
      version: '2026.9.6',
      config: home(BROWSER, policy('true')),
      expect: [{ variant: 'stranger' }],
    },
  ],
  pass: [{ name: 'no browser', config: home(`{ profile: 'minimal' }`, APART) }],
  near: [
    { name: 'private addresses are refused', config: home(BROWSER, policy('false')) },
    { name: 'the newer browser refuses them by itself', version: '2026.9.6', config: home(BROWSER, APART) },
  ],
  unknown: [{ name: 'whether they are refused', config: home(BROWSER, policy("'${LAN}'")) }],
});
