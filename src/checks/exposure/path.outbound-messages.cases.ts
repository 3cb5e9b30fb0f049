import { cases } from '../../core/cases.ts';

const home = (tools: string, more = '') =>
  `{ gateway: { auth: { token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } },
     channels: { telegram: { botToken: '1:x', dmPolicy: 'open', allowFrom: ['*'] } }, tools: ${tools}${more} }`;
const APART = ", session: { dmScope: 'per-channel-peer' }";

export default cases('exposure.path.outbound-messages', {
  fail: [
    { name: 'a stranger writes', config: home(`{ allow: ['message'] }`, APART), expect: [{ variant: 'stranger' }] },
  ],
  pass: [{ name: 'no such tool', config: home(`{ allow: ['web_search'] }`, APART) }],
  near: [{ name: 'denied', config: home(`{ allow: ['message'], deny: ['group:messaging'] }`, APART) }],
  unknown: [
    {
      name: 'whether the account runs',
      config: home(`{ allow: ['message'] }`, APART).replace(`botToken: '1:x', `, ''),
    },
  ],
});
